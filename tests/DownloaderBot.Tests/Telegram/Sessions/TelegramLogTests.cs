using DownloaderBot.Sessions;
using DownloaderBot.Telegram.Sessions;
using DownloaderBot.Tests.Support;
using DownloaderBot.Tests.Telegram.Sessions.StandIn;

namespace DownloaderBot.Tests.Telegram.Sessions;

public sealed class TelegramLogTests
{
    private const string Phone = "+4915798765432";
    private const string Password = "canary-passw0rd";

    [Fact]
    public async Task What_the_library_says_is_in_the_log_at_Debug_and_not_on_the_console()
    {
        var consoleBefore = Console.Out;
        await using var console = new StringWriter();
        Console.SetOut(TextWriter.Synchronized(console));
        try
        {
            await using var host = await SessionsHost.LoggedInAsync();
            await using var session = await host.ConnectAsync();

            host.Log.Lines.Should().Contain(line => line.StartsWith("Debug Telegram library") && line.Contains("Receiving"));
            host.Log.Lines.Where(line => line.Contains("Telegram library")).Should().OnlyContain(line => line.StartsWith("Debug"));
        }
        finally
        {
            Console.SetOut(consoleBefore);
        }

        console.ToString().Should().BeEmpty();
    }

    [Fact]
    public async Task A_log_that_throws_ends_no_connection()
    {
        await using var host = await SessionsHost.StartAsync();
        host.Log.Heard = line =>
        {
            if (line.Contains("Telegram library", StringComparison.Ordinal))
            {
                throw new IOException("The log's disk is full");
            }
        };

        await host.LogInAsync();
        await using var session = await host.ConnectAsync();

        host.Server.Accepted.Should().Be(2, "none was needed again");
    }

    [Fact]
    public async Task What_fails_after_a_client_is_gone_is_seen_to()
    {
        var (seen, missed) = (0, 0);
        EventHandler<UnobservedTaskExceptionEventArgs> watch = (_, args) =>
        {
            if (!$"{args.Exception}".Contains("WTelegram", StringComparison.Ordinal))
            {
                return;
            }

            Interlocked.Increment(ref seen);
            if (!args.Observed)
            {
                Interlocked.Increment(ref missed);
            }
        };
        await using var host = await SessionsHost.LoggedInAsync();
        TaskScheduler.UnobservedTaskException += watch;
        try
        {
            // Five seconds after its first call a client asks for salts, disposed or not, and nobody waits for that.
            await (await host.ConnectAsync()).DisposeAsync();
            var limit = TestTime.Limit;
            while (Volatile.Read(ref seen) == 0)
            {
                limit.ThrowIfCancellationRequested();
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, limit);
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= watch;
        }

        missed.Should().Be(0);
        host.Log.Lines.Should().Contain(line => line.StartsWith("Debug Telegram library, a task that nobody waited for"));
    }

    [Theory]
    [InlineData("Mismatched phone_number (+4915798765432 != 4915798765432)", "Mismatched phone_number (*** != ***)")]
    [InlineData("Server salt has changed: C4501D7543D664BF -> 1D7543D664BFC450", "Server salt has changed: *** -> ***")]
    [InlineData("the code 98713 is wrong", "the code *** is wrong")]
    [InlineData("api_hash 0123456789abcdef0123456789abcdef", "api_hash ***")]
    [InlineData("key 3q2+7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "key ***")]
    [InlineData("2>Receiving RpcResult   2026-11-23 03:18:00Z #17A3", "2>Receiving RpcResult   2026-11-23 03:18:00Z #17A3")]
    [InlineData("Connecting to 149.154.167.50:443...", "Connecting to 149.154.167.50:443...")]
    [InlineData("one\nline\r\u001b[31m\u202Eonly", "one line [31m only")]
    public void What_looks_like_a_secret_is_masked_and_the_rest_is_left(string line, string clean) =>
        new LogCleaner().Clean(line).Should().Be(clean);

    [Fact]
    public void What_is_hidden_is_masked_until_the_last_one_who_hid_it_is_done()
    {
        var cleaner = new LogCleaner();
        var first = cleaner.Hide("swordfish");
        var second = cleaner.Hide("swordfish");
        cleaner.Clean("it is Swordfish.").Should().Be("it is ***.");

        first.Dispose();
        first.Dispose();
        cleaner.Clean("it is swordfish.").Should().Be("it is ***.");
        second.Dispose();

        cleaner.Clean("it is swordfish.").Should().Be("it is swordfish.");
    }

    [Fact]
    public void Of_a_secret_that_holds_another_nothing_is_left()
    {
        var cleaner = new LogCleaner();
        foreach (var length in Enumerable.Range(2, 8))
        {
            cleaner.Hide("swordfish"[..length]);
        }

        cleaner.Clean("it is swordfish").Should().Be("it is ***");
    }

    [Fact]
    public async Task Whatever_the_library_might_say_during_a_login_is_cleaned()
    {
        await using var host = await SessionsHost.StartAsync();
        host.Server.Account.Password = new(Password);
        await using var login = await host.Logins.BeginAsync(SessionsHost.UserId, Phone, TestTime.Limit);
        await login.AnswerAsync(host.Server.Account.Code, TestTime.Limit);
        await login.AnswerAsync("canary-wrong", TestTime.Limit);
        string[] secrets =
        [
            Phone, host.Server.Account.Code, "canary-wrong", StandInAccount.CodeHash, StandInOptions.ApiHash,
            Convert.ToBase64String(StandInOptions.SessionKey), host.Get<SessionKey>().ForLibrary,
        ];

        foreach (var secret in secrets)
        {
            WTelegram.Helpers.Log(4, $"It failed with <{secret}>");
        }

        host.Log.Lines.Count(line => line.Contains("It failed with <***>")).Should().Be(secrets.Length);
        secrets.Should().OnlyContain(secret => !host.Log.Text.Contains(secret));
    }

    [Fact]
    public async Task No_secret_of_a_login_is_in_the_log()
    {
        await using var host = await SessionsHost.StartAsync();
        host.Server.Account.Password = new(Password);
        await using (var login = await host.Logins.BeginAsync(SessionsHost.UserId, Phone, TestTime.Limit))
        {
            await login.AnswerAsync("11111", TestTime.Limit);
            await login.AnswerAsync(host.Server.Account.Code, TestTime.Limit);
            await login.AnswerAsync("canary-wrong", TestTime.Limit);
            host.Server.CutAll();
            await login.AnswerAsync(Password, TestTime.Limit);
            login.Step.Should().Be(LoginStep.Done);
        }

        await using (var session = await host.ConnectAsync())
        {
            host.Server.RevokeSessions();
            await session.Awaiting(s => s.FindMediaAsync(new("demo", 5), TestTime.Limit)).Should().ThrowAsync<SessionEndedException>();
        }

        host.Log.Text.Should().Contain("PASSWORD_HASH_INVALID").And.Contain("A password is needed", "the library did talk");
        string[] secrets =
        [
            Phone[1..], Phone[3..], host.Server.Account.Code, "canary", StandInOptions.ApiHash, Convert.ToBase64String(StandInOptions.SessionKey),
            Convert.ToHexString(StandInOptions.SessionKey), host.Get<SessionKey>().ForLibrary, Convert.ToHexString(host.Get<SessionKey>().ForFiles),
        ];
        foreach (var secret in secrets)
        {
            host.Log.Text.Should().NotContainEquivalentOf(secret);
        }
    }
}
