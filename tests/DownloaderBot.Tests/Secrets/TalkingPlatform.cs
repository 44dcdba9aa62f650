using DownloaderBot.Sessions;

namespace DownloaderBot.Tests.Secrets;

/// <summary>A platform whose exceptions tell everything, as those of libraries sometimes do.</summary>
internal sealed class TalkingPlatform : IUserLogins, IUserSessionFactory
{
    public bool FailsAtBegin { get; init; }

    public bool FailsAtAnswer { get; init; }

    public Task WarmUpAsync(CancellationToken cancel) => throw Talk(Canaries.SessionKey);

    public Task<IUserLogin> BeginAsync(long userId, string phone, CancellationToken cancel) =>
        FailsAtBegin ? throw Talk(phone) : Task.FromResult<IUserLogin>(new Login(FailsAtAnswer));

    public Task ForgetAsync(long userId, CancellationToken cancel) => throw Talk(Canaries.SessionKey);

    public Task<IUserSession> LogInAsync(long userId, CancellationToken cancel) => throw Talk(Canaries.SessionKey);

    private static InvalidOperationException Talk(string secret) => new($"Failed with {secret}", new IOException($"because of {secret}"));

    private sealed class Login(bool failsAtAnswer) : IUserLogin
    {
        public LoginStep Step { get; private set; } = LoginStep.Code;

        public Task AnswerAsync(string answer, CancellationToken cancel)
        {
            if (failsAtAnswer || Step == LoginStep.Password)
            {
                throw Talk(answer);
            }

            Step = LoginStep.Password;
            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync() => throw Talk(Canaries.Token);
    }
}
