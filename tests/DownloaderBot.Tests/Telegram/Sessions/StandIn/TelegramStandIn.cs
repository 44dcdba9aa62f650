using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using DownloaderBot.Tests.Support;
using TL;

namespace DownloaderBot.Tests.Telegram.Sessions.StandIn;

/// <summary>
/// A Telegram server on loopback, as far as the bot's sessions need one: real key exchanges, enciphered messages, logins,
/// posts and files. A test looks at what came, and puts faults in by <see cref="Script"/>.
/// </summary>
internal sealed class TelegramStandIn : IAsyncDisposable
{
    private readonly CancellationTokenSource _life = new();
    private readonly ConcurrentDictionary<long, AuthKey> _keys = new();
    private readonly ConcurrentDictionary<StandInConnection, Task> _connections = new();
    private readonly ConcurrentQueue<IObject> _calls = new();
    private readonly Task _accepting;
    private readonly StandInApi _api;
    private TcpListener _listener = new(IPAddress.Loopback, 0);
    private int _accepted;
    private int _keysToSpoil;

    public TelegramStandIn()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _api = new(this);
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>In the form of the setting: the data centre, and where it listens.</summary>
    public string Address => string.Create(CultureInfo.InvariantCulture, $"2>127.0.0.1:{Port}");

    public StandInAccount Account { get; } = new();

    public StandInPosts Posts { get; } = new();

    /// <summary>What the test wants done about a call instead of what is usual; null for what is usual.</summary>
    public Func<IObject, Task<Answer?>> Script { get; set; } = static _ => Task.FromResult<Answer?>(null);

    /// <summary>Connections open now.</summary>
    public int Connections => _connections.Count;

    /// <summary>Connections since the start.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    public IEnumerable<T> CallsOf<T>() => _calls.OfType<T>();

    /// <summary>Makes the next key exchanges fail, as one in 256 does by chance.</summary>
    public void SpoilKeyExchanges(int count) => Volatile.Write(ref _keysToSpoil, count);

    /// <summary>Forgets who is logged in, as when a user ends the session on another device.</summary>
    public void RevokeSessions()
    {
        foreach (var key in _keys.Values)
        {
            key.Account = null;
        }
    }

    /// <summary>Forgets the keys themselves.</summary>
    public void ForgetKeys() => _keys.Clear();

    /// <summary>Breaks every connection there is.</summary>
    public void CutAll()
    {
        foreach (var connection in _connections.Keys)
        {
            connection.Cut();
        }
    }

    /// <summary>Breaks the connections that are there for files alone.</summary>
    public void CutForFiles()
    {
        foreach (var connection in _connections.Keys.Where(c => c.DataCentre < 0))
        {
            connection.Cut();
        }
    }

    /// <summary>Takes no further connections, and breaks those there are.</summary>
    public void GoAway()
    {
        _listener.Stop();
        CutAll();
    }

    /// <summary>Waits until so many connections are open.</summary>
    public async Task WaitForConnectionsAsync(int count)
    {
        var limit = TestTime.Limit;
        while (Connections != count)
        {
            limit.ThrowIfCancellationRequested();
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, limit);
        }
    }

    public AuthKey? FindKey(long id) => _keys.GetValueOrDefault(id);

    public void Add(AuthKey key) => _keys[key.Id] = key;

    public bool SpoilNextKeyExchange() => Interlocked.Decrement(ref _keysToSpoil) >= 0;

    public async Task<Answer> AnswerAsync(IObject method, StandInConnection connection)
    {
        _calls.Enqueue(method);
        return await Script(method) ?? _api.Answer(method, connection);
    }

    public async ValueTask DisposeAsync()
    {
        await _life.CancelAsync();
        GoAway();
        await _accepting;
        await Task.WhenAll(_connections.Values);
        _listener.Dispose();
        _life.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptTcpClientAsync(_life.Token);
                Interlocked.Increment(ref _accepted);
                var connection = new StandInConnection(this, socket);
                _connections[connection] = Task.CompletedTask;
                _ = ServeAsync(connection);
            }
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Over.
        }
    }

    private async Task ServeAsync(StandInConnection connection)
    {
        await connection.ServeAsync(_life.Token);
        _connections.TryRemove(connection, out _);
        connection.Dispose();
    }
}
