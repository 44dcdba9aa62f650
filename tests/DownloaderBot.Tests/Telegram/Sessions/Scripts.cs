using DownloaderBot.Tests.Telegram.Sessions.StandIn;
using TL;
using TL.Methods;

namespace DownloaderBot.Tests.Telegram.Sessions;

/// <summary>What tests have the stand-in do.</summary>
internal static class Scripts
{
    /// <summary>Always this answer to calls of a kind.</summary>
    public static Func<IObject, Task<Answer?>> Always<T>(Answer answer) => call => Task.FromResult(call is T ? answer : null);

    /// <summary>This answer to the nth call of a kind, from 1, and to none after it.</summary>
    public static Func<IObject, Task<Answer?>> Nth<T>(int number, Answer answer, TaskCompletionSource? done = null)
    {
        var count = 0;
        return call =>
        {
            if (call is not T || Interlocked.Increment(ref count) != number)
            {
                return Task.FromResult<Answer?>(null);
            }

            done?.TrySetResult();
            return Task.FromResult<Answer?>(answer);
        };
    }

    /// <summary>Does something about each request for a part; the number is that of the request, from 1.</summary>
    public static Func<IObject, Task<Answer?>> Parts(Func<Upload_GetFile, int, Answer?> script)
    {
        var count = 0;
        return call => Task.FromResult(call is Upload_GetFile asked ? script(asked, Interlocked.Increment(ref count)) : null);
    }
}
