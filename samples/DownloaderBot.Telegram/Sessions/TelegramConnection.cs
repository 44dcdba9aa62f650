using System.Net.Sockets;
using DownloaderBot.Sessions;
using TL;
using WTelegram;

namespace DownloaderBot.Telegram.Sessions;

/// <summary>
/// One client of the library with the sockets it opened. A broken connection stays broken; a new one is created from the stored session. A client
/// that is not disposed is never garbage-collected and keeps its connections, so the creator must dispose it.
/// </summary>
internal sealed class TelegramConnection : IAsyncDisposable
{
    /// <summary>Telegram often requires pauses of a few seconds; up to this many seconds, the bot waits without a message to the user.</summary>
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

            // The client fails at once when its connection breaks. With a higher value, the library waits five seconds and retries once. New
            // calls fail meanwhile; afterwards some work and others hang forever.
            MaxAutoReconnects = 1,
        };
    }

    public SessionState State { get; }

    /// <summary>Number of the account that is logged in; 0 if there is none.</summary>
    public long AccountId => _client.UserId;

    /// <summary><see langword="false"/> once the connection is known to be unusable.</summary>
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

    /// <exception cref="ConnectionLostException">The connection could not be established.</exception>
    public Task ConnectAsync(CancellationToken cancel) => WaitAsync(
        async () =>
        {
            await _client.ConnectAsync();
            return true;
        },
        _timeouts.Connect,
        cancel);

    /// <summary>Calls Telegram, outside the caller's flow and with a time limit.</summary>
    /// <exception cref="ConnectionLostException">No answer arrived.</exception>
    public Task<T> CallAsync<T>(Func<Client, Task<T>> call, CancellationToken cancel) =>
        WaitAsync(() => call(_client), _timeouts.Call, cancel);

    /// <summary>As <see cref="CallAsync{T}"/>, on a separate connection to the data center that has a file.</summary>
    public async Task<T> CallForFilesAsync<T>(int dataCentre, Func<Client, Task<T>> call, CancellationToken cancel)
    {
        try
        {
            var client = await OpenForFilesAsync(dataCentre, cancel);
            return await WaitAsync(() => call(client), _timeouts.Part, cancel);
        }
        catch (SessionEndedException exception)
        {
            // This is that data center's view, which may be outdated; a new connection asks the responsible one.
            throw new ConnectionLostException(exception);
        }
    }

    /// <summary>Accepts the account of a completed login. <see cref="State"/> then contains the data to store.</summary>
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
            // The client could not disconnect cleanly; closing its sockets ends it all the same.
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
            // Telegram closes connections that are idle for long; that is not a reason to reconnect everything.
            if (!_forFiles.TryGetValue(dataCentre, out var client) || client.Disconnected)
            {
                _forFiles[dataCentre] = client = await WaitAsync(() => MakeForFilesAsync(dataCentre), _timeouts.Connect, cancel);
            }

            return client;
        }
        catch
        {
            // Half a connection, which the library would use as a complete one.
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

        // A negative number is for files only. Created before it is connected because it does not inherit the threshold.
        var client = await _client.GetClientForDC(-dataCentre, connect: false);
        client.FloodRetryThreshold = SilentFloodSeconds;
        client = await _client.GetClientForDC(-dataCentre, connect: true);

        // Not if it failed: then there is nothing to store.
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
            // Nothing waits for the task any more, and it may still fail.
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

/// <summary>
/// Runs the library outside the caller's async flow. The library reads, decrypts and parses a connection's data in the flow that opened the
/// connection. Without this class, the data of many downloads would be charged to the operation that opened it.
/// </summary>
internal static class CleanFlow
{
    public static Task<T> RunAsync<T>(Func<Task<T>> call)
    {
        using (ExecutionContext.SuppressFlow())
        {
            return Task.Run(call);
        }
    }
}
