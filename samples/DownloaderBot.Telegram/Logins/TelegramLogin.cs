using DownloaderBot.Sessions;
using DownloaderBot.Telegram.Sessions;
using TL;
using TL.Methods;
using WTelegram;

namespace DownloaderBot.Telegram.Logins;

/// <summary>
/// A login in the API's steps. The library's ready-made login requests code and password through a callback, which blocks a pool thread for as
/// long as the user takes. Here only a connection waits between the steps. The session stays in memory until the login is done.
/// </summary>
internal sealed class TelegramLogin(
    long userId, string phone, TelegramClients clients, SessionVault vault, TelegramSessionOptions options, TelegramTimeouts timeouts,
    TimeProvider time, LogCleaner cleaner, ILogger logger) : IUserLogin
{
    private readonly List<IDisposable> _hidden = [cleaner.Hide(phone), cleaner.Hide(phone.TrimStart('+'))];
    private TelegramConnection? _connection;
    private SentCode? _code;

    public LoginStep Step { get; private set; } = LoginStep.Code;

    /// <summary>Asks Telegram to send a code.</summary>
    public async Task BeginAsync(CancellationToken cancel)
    {
        _connection = await clients.ConnectAsync(start: null, keep: null, static _ => Task.CompletedTask, cancel);
        try
        {
            var sent = await CallAsync(client => client.Invoke(new Auth_SendCode
            {
                phone_number = phone,
                api_id = options.ApiId,
                api_hash = options.ApiHash,
                settings = new(),
            }), cancel);
            _code = SentCode.Read(sent);
            Hide(_code.Hash);
            while (!_code.CanBeTyped)
            {
                sent = await CallAsync(client => client.Invoke(new Auth_ResendCode { phone_number = phone, phone_code_hash = _code.Hash }), cancel);
                _code = SentCode.Read(sent);
            }

            if (_code.Authorization is { } authorization)
            {
                Finish(authorization);
            }
        }
        catch (RpcException exception)
        {
            throw LoginFaults.Explain(exception, logger);
        }
    }

    public async Task AnswerAsync(string answer, CancellationToken cancel)
    {
        Hide(answer);
        try
        {
            var authorization = Step == LoginStep.Code ? await SignInAsync(answer, cancel) : await CheckPasswordAsync(answer, cancel);
            Finish(authorization);
        }
        catch (RpcException exception) when (LoginFaults.IsWrongAnswer(exception))
        {
            // The step stays the same, which means that the answer was wrong.
        }
        catch (RpcException exception) when (LoginFaults.IsPasswordNeeded(exception))
        {
            Step = LoginStep.Password;
        }
        catch (RpcException exception)
        {
            throw LoginFaults.Explain(exception, logger);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_connection is not null)
            {
                await SayGoodbyeAsync(_connection);
                await _connection.DisposeAsync();
            }
        }
        finally
        {
            _hidden.ForEach(h => h.Dispose());
        }
    }

    private Task<Auth_AuthorizationBase> SignInAsync(string code, CancellationToken cancel) => CallAsync(
        client => client.Invoke(_code!.IsByMail
            ? new Auth_SignIn
            {
                flags = Auth_SignIn.Flags.has_email_verification,
                phone_number = phone,
                phone_code_hash = _code.Hash,
                email_verification = new EmailVerificationCode { code = code },
            }
            : new Auth_SignIn
            {
                flags = Auth_SignIn.Flags.has_phone_code,
                phone_number = phone,
                phone_code_hash = _code.Hash,
                phone_code = code,
            }),
        cancel);

    private Task<Auth_AuthorizationBase> CheckPasswordAsync(string password, CancellationToken cancel) => CallAsync(
        async client =>
        {
            var account = await client.Account_GetPassword();

            // The user's password hint, which the library would log.
            account.hint = null;
            return await client.Auth_CheckPassword(await Client.InputCheckPassword(account, password));
        },
        cancel);

    /// <summary>Stores the session, which now belongs to the user.</summary>
    private void Finish(Auth_AuthorizationBase authorization)
    {
        if (authorization is not Auth_Authorization)
        {
            throw LoginFaults.NoAccount();
        }

        _connection!.Accept(authorization);
        try
        {
            vault.Write(userId, _connection.State.Latest!);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.NotWritten(userId, exception.Message);
            throw new LoginRefusedException("I could not keep your login: my disk is full or failing. Please try again later.", exception);
        }

        Step = LoginStep.Done;
    }

    /// <summary>Makes a call. If the connection broke while the user was looking for the code, repeats it once on a new connection.</summary>
    private async Task<T> CallAsync<T>(Func<Client, Task<T>> call, CancellationToken cancel)
    {
        try
        {
            return await _connection!.CallAsync(call, cancel);
        }
        catch (ConnectionLostException)
        {
            await _connection!.DisposeAsync();
            _connection = await clients.ConnectAsync(_connection.State.Latest, keep: null, static _ => Task.CompletedTask, cancel);
            return await _connection.CallAsync(call, cancel);
        }
    }

    /// <summary>Cleans up an unfinished login: cancels the code, or logs the account out if the session could not be stored.</summary>
    private async Task SayGoodbyeAsync(TelegramConnection connection)
    {
        if (Step == LoginStep.Done || _code is null || !connection.IsUsable)
        {
            return;
        }

        try
        {
            using var limit = new CancellationTokenSource(timeouts.Goodbye, time);
            if (connection.AccountId != 0)
            {
                await connection.CallAsync(client => client.Auth_LogOut(), limit.Token);
            }
            else if (Step == LoginStep.Code)
            {
                await connection.CallAsync(
                    client => client.Invoke(new Auth_CancelCode { phone_number = phone, phone_code_hash = _code.Hash }), limit.Token);
            }
        }
        catch (Exception exception) when (exception is BotException or RpcException or OperationCanceledException)
        {
            // Optional: an unused code expires without it.
        }
    }

    private void Hide(string secret)
    {
        if (secret.Length > 0)
        {
            _hidden.Add(cleaner.Hide(secret));
        }
    }
}
