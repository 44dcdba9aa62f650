using DownloaderBot.Sessions;

namespace DownloaderBot.Telegram.Sessions;

/// <summary>A user's connection. If it breaks, a new one replaces it; there are never two at a time.</summary>
internal sealed class UserConnection(long userId, SessionOpener opener) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private TelegramConnection? _current;
    private bool _isOver;

    /// <summary>Connects if needed.</summary>
    public async Task<TelegramConnection> OpenAsync(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            ObjectDisposedException.ThrowIf(_isOver, this);
            if (_current is { IsUsable: false })
            {
                await CloseAsync();
            }

            return _current ??= await opener.OpenAsync(userId, cancel);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Uses the connection. If it turns out to be broken, drops it, so that the next use creates another.</summary>
    public async Task<T> UseAsync<T>(Func<TelegramConnection, Task<T>> use, CancellationToken cancel)
    {
        var connection = await OpenAsync(cancel);
        try
        {
            return await use(connection);
        }
        catch (ConnectionLostException)
        {
            await DropAsync(connection);
            throw;
        }
        catch (SessionEndedException exception)
        {
            await DropAsync(connection);
            opener.Discard(userId, exception);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync();
        try
        {
            _isOver = true;
            await CloseAsync();
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task DropAsync(TelegramConnection broken)
    {
        await _turn.WaitAsync();
        try
        {
            if (_current == broken)
            {
                await CloseAsync();
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task CloseAsync()
    {
        if (_current is { } connection)
        {
            _current = null;
            await connection.DisposeAsync();
        }
    }
}
