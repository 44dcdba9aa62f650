using System.Net.Sockets;
using DownloaderBot.Sessions;
using TL;
using WTelegram;

namespace DownloaderBot.Telegram.Sessions;

/// <summary>
/// One client of the library with the sockets it opened. Once broken it stays so, and another is made from the stored session.
/// A client that is not disposed is never collected and keeps its connections; so whoever makes this disposes it.
/// </summary>
internal sealed class TelegramConnection : IAsyncDisposable
{
    /// <summary>Telegram asks for a few seconds often; up to so many are waited without a word to the user.</summary>
    private const int SilentFloodSeconds = 5;

    private readonly CancellationTokenSource _life = new();
    private readonly SemaphoreSlim _opening = new(1);
    private readonly Dictionary<int, Client> _forFiles = [];
    private readonly List<TcpClient> _sockets = [];
    private readonly TelegramTimeouts _timeouts;
    private readonly TimeProvider _time;
    private readonly Client _client;
    private volatile bool _isSpoilt;
    private int _isDisposed;

    private TelegramConnection(Func<string, string?> settings, SessionState state, TelegramTimeouts timeouts, TimeProvider time)
    {
        (State, _timeouts, _time) = (state, timeouts, time);
        _client = new(settings, state.Latest, state.Save)
        {
            TcpHandler = OpenSocketAsync,
            FloodRetryThreshold = SilentFloodSeconds,

            // Dead at once when its connection breaks. With more of them the library waits five seconds and tries again, once;
            // new calls fail meanwhile, and afterwards some work and others hang for ever.
            MaxAutoReconnects = 1,
        };
    }

    public SessionState State { get; }

    /// <summary>The number of the account that is logged in; 0 where none is.</summary>
    public long AccountId => _client.UserId;

    /// <summary>False once it is known to be of no use.</summary>
    public bool IsUsable => !_isSpoilt && !_client.Disconnected;

    /// <exception cref="InvalidDataException">The library cannot read the session.</exception>
    public static TelegramConnection Create(
        Func<string, string?> settings, SessionState state, TelegramTimeouts timeouts, TimeProvider time)
    {
        try
        {
            return new(settings, state, timeouts, time);
        }
        catch (WTException exception)
        {
            throw new InvalidDataException("The library cannot read the session.", RedactedException.Of(exception));
        }
    }

    /// <exception cref="ConnectionLostException">It did not come about.</exception>
    public Task ConnectAsync(CancellationToken cancel) => WaitAsync(
        async () =>
        {
            await _client.ConnectAsync();
            return true;
        },
        _timeouts.Connect,
        cancel);

    /// <summary>Calls Telegram, outside the caller's flow and for a limited time.</summary>
    /// <exception cref="ConnectionLostException">No answer came.</exception>
    public Task<T> CallAsync<T>(Func<Client, Task<T>> call, CancellationToken cancel) =>
        WaitAsync(() => call(_client), _timeouts.Call, cancel);

    /// <summary>As <see cref="CallAsync{T}"/>, by a connection of its own to the data centre that has a file.</summary>
    public async Task<T> CallForFilesAsync<T>(int dataCentre, Func<Client, Task<T>> call, CancellationToken cancel)
    {
        try
        {
            var client = await OpenForFilesAsync(dataCentre, cancel);
            return await WaitAsync(() => call(client), _timeouts.Part, cancel);
        }
        catch (SessionEndedException exception)
        {
            // That data centre's view, which may be old; connecting again asks the one that knows.
            throw new ConnectionLostException(exception);
        }
    }

    /// <summary>Takes the account that a login led to; what is to be kept of it is in <see cref="State"/> then.</summary>
    public void Accept(Auth_AuthorizationBase authorization) => _client.LoginAlreadyDone(authorization);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        _isSpoilt = true;
        State.End();
        await _life.CancelAsync();
        try
        {
            await CleanFlow.RunAsync(async () =>
            {
                await _client.DisposeAsync();
                return true;
            }).WaitAsync(_timeouts.Goodbye, _time);
        }
        catch (Exception)
        {
            // It could not say goodbye; without its sockets it ends all the same.
        }
        finally
        {
            CloseSockets();
        }
    }

    private async Task<Client> OpenForFilesAsync(int dataCentre, CancellationToken cancel)
    {
        await _opening.WaitAsync(cancel);
        try
        {
            // Telegram ends those that are idle for long; that is no reason to connect anew altogether.
            if (!_forFiles.TryGetValue(dataCentre, out var client) || client.Disconnected)
            {
                _forFiles[dataCentre] = client = await WaitAsync(() => MakeForFilesAsync(dataCentre), _timeouts.Connect, cancel);
            }

            return client;
        }
        catch
        {
            // Half a connection: the library would take it for a whole one.
            _isSpoilt = true;
            throw;
        }
        finally
        {
            _opening.Release();
        }
    }

    private async Task<Client> MakeForFilesAsync(int dataCentre)
    {
        State.Hold();

        // Negative for files alone. Made before it is connected, as it does not take the threshold over.
        var client = await _client.GetClientForDC(-dataCentre, connect: false);
        client.FloodRetryThreshold = SilentFloodSeconds;
        client = await _client.GetClientForDC(-dataCentre, connect: true);

        // Not where it failed: then there is nothing that could be kept.
        State.Release();
        return client;
    }

    private async Task<T> WaitAsync<T>(Func<Task<T>> call, TimeSpan timeout, CancellationToken cancel)
    {
        var task = CleanFlow.RunAsync(call);
        try
        {
            return await task.WaitAsync(timeout, _time, cancel);
        }
        catch (Exception exception)
        {
            // Nobody waits for it any more, and it may still fail.
            _ = task.ContinueWith(static t => _ = t.Exception, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            if (exception is OperationCanceledException && cancel.IsCancellationRequested)
            {
                throw;
            }

            throw TelegramFaults.Explain(exception);
        }
    }

    private async Task<TcpClient> OpenSocketAsync(string host, int port)
    {
        var socket = new TcpClient();
        lock (_sockets)
        {
            _sockets.Add(socket);
        }

        await socket.ConnectAsync(host, port, _life.Token);
        return socket;
    }

    private void CloseSockets()
    {
        lock (_sockets)
        {
            _sockets.ForEach(s => s.Dispose());
        }
    }
}
