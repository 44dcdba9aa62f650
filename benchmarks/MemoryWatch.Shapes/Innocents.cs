using System.IO.Pipes;

namespace MemoryWatch.Shapes;

/// <summary>Four operations that run beside the guilty one and do nothing wrong.</summary>
internal static class Innocents
{
    public const string Name = "Innocent";

    private const int Small = 10_000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly object Lock = new();

    public static void Start(IMemoryWatch watch)
    {
        var held = new ManualResetEventSlim();
        var never = new ManualResetEventSlim();
        Run(watch: null, 0, () =>
        {
            lock (Lock)
            {
                held.Set();
                never.Wait();
            }
        });
        held.Wait();
        Run(watch, 2, static () =>
        {
            lock (Lock)
            {
                // Never reached: it waits for the lock.
            }
        });
        var pipe = new AnonymousPipeServerStream(PipeDirection.In);
        Run(watch, 3, () => pipe.ReadByte());
        Run(watch, 4, () =>
        {
            while (!never.Wait(Pause))
            {
                GC.KeepAlive(new byte[Small]);
            }
        });
        _ = WaitAsync(watch);
    }

    private static async Task WaitAsync(IMemoryWatch watch)
    {
        await Task.Yield();
        using var scope = watch.Track(Name, "User 5");
        while (true)
        {
            GC.KeepAlive(new byte[Small]);
            await Task.Delay(Pause, TimeProvider.System);
        }
    }

    private static void Run(IMemoryWatch? watch, int user, Action work)
    {
        var thread = new Thread(() =>
        {
            using var scope = watch?.Track(Name, $"User {user}");
            work();
        })
        {
            IsBackground = true,
        };
        thread.UnsafeStart();
    }
}
