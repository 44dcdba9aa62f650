using System.Collections.Concurrent;
using System.Security.Cryptography;
using DownloaderBot.Sessions;

namespace DownloaderBot.Local;

/// <summary>
/// Logins of the local platform, which behave as Telegram's do. Every phone number is an account. Numbers that end in 2 have a password besides
/// the code, <see cref="LocalOptions.Password"/>. The code arrives as a service message.
/// </summary>
internal sealed class LocalLogins(LocalConversations conversations, LocalOptions options) : IUserLogins
{
    private readonly ConcurrentDictionary<long, LocalLogin> _open = new();
    private readonly Lazy<byte[][]> _library = new(() => HeldMemory.Take(options.LibraryMegabytes));

    /// <summary>Creates a login code; a test can choose it.</summary>
    public Func<string> NextCode { get; set; } = static () => RandomNumberGenerator.GetString("0123456789", 5);

    public Task WarmUpAsync(CancellationToken cancel)
    {
        // Outside of the caller's flow, as Telegram's library does its work.
        using (ExecutionContext.SuppressFlow())
        {
            return Task.Run(() => _library.Value, cancel);
        }
    }

    public async Task<IUserLogin> BeginAsync(long userId, string phone, CancellationToken cancel)
    {
        await WarmUpAsync(cancel);
        var code = NextCode();
        var login = new LocalLogin(code, phone.EndsWith('2') ? options.Password : null, () => _open.TryRemove(userId, out _));
        _open[userId] = login;
        conversations.Of(userId).AddService($"Service message: your login code is {code}. Do not give it to anyone.");
        return login;
    }

    public Task ForgetAsync(long userId, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>Checks what a user sends to a chat: a code that is sent in one piece is no longer valid.</summary>
    public void Overhear(long userId, string text)
    {
        if (_open.TryGetValue(userId, out var login))
        {
            login.Overhear(text);
        }
    }
}

/// <summary>The login port on the local platform.</summary>
internal sealed class LocalLogin(string code, string? password, Action over) : IUserLogin
{
    private volatile bool _isGivenAway;

    public LoginStep Step { get; private set; } = LoginStep.Code;

    public void Overhear(string text) => _isGivenAway |= text.Contains(code, StringComparison.Ordinal);

    public Task AnswerAsync(string answer, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (Step == LoginStep.Code && _isGivenAway)
        {
            throw new LoginRefusedException(
                "That code is no longer valid: Telegram cancels a code that is sent in one piece. "
                + "Start again with /login, and type the next one with spaces: /verify 1 2 3 4 5");
        }

        Step = (Step, answer) switch
        {
            (LoginStep.Code, _) when answer == code => password is null ? LoginStep.Done : LoginStep.Password,
            (LoginStep.Password, _) when answer == password => LoginStep.Done,
            _ => Step,
        };
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        over();
        return default;
    }
}
