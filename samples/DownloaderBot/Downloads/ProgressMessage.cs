using DownloaderBot.Chat;
using DownloaderBot.Logging;

namespace DownloaderBot.Downloads;

/// <summary>
/// The one message that follows a download from start to end. It is edited by a task of its own: an edit that fails or
/// takes long changes nothing for the download.
/// </summary>
internal sealed class ProgressMessage(long userId, IChat chat, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    /// <summary>Chats count edits, and refuse them all once there were too many.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan LastEditTimeout = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _over = new();
    private volatile Stage? _stage;
    private long? _messageId;
    private string _shown = string.Empty;
    private Task _edits = Task.CompletedTask;

    /// <summary>Says what goes on from now; the first time sends the message, later the next edit shows it.</summary>
    /// <param name="title">What goes on.</param>
    /// <param name="totalBytes">How much there is to do.</param>
    /// <param name="doneBytes">How much is done; called now and then, by another thread.</param>
    /// <param name="cancel">Gives the sending up.</param>
    public async Task ShowAsync(string title, long totalBytes, Func<long> doneBytes, CancellationToken cancel)
    {
        var isFirst = _stage is null;
        _stage = new(title, totalBytes, doneBytes, time.GetTimestamp());
        if (isFirst)
        {
            _shown = Describe(_stage);
            await TryAsync(async () => _messageId = await chat.SendAsync(userId, _shown, cancel));
            _edits = EditAsync();
        }
    }

    /// <summary>Edits the last words in; false where there is no message that could take them.</summary>
    public async Task<bool> TryEndAsync(string text)
    {
        await _over.CancelAsync();
        await _edits;
        using var timeout = new CancellationTokenSource(LastEditTimeout, time);
        return _messageId is { } id && await TryAsync(() => chat.EditAsync(userId, id, text, timeout.Token));
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _edits;
        _over.Dispose();
    }

    private async Task EditAsync()
    {
        while (_messageId is { } id)
        {
            // From the end of one edit to the start of the next, so that a slow one is not followed by a quick one.
            await Task.Delay(Interval, time, _over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_over.IsCancellationRequested)
            {
                return;
            }

            await TryAsync(async () =>
            {
                if (Describe(_stage!) is var text && text != _shown)
                {
                    await chat.EditAsync(userId, id, text, _over.Token);
                    _shown = text;
                }
            });
        }
    }

    private string Describe(Stage stage) =>
        ProgressText.Of(stage.Title, stage.DoneBytes(), stage.TotalBytes, time.GetElapsedTime(stage.Start));

    private async Task<bool> TryAsync(Func<Task> step)
    {
        try
        {
            await step();
            return true;
        }
        catch (Exception exception)
        {
            // A user who is gone shows when the file is sent; all else is no reason to stop.
            if (!_over.IsCancellationRequested)
            {
                logger.ProgressNotShown(userId, exception.Message);
            }

            return false;
        }
    }

    private sealed record Stage(string Title, long TotalBytes, Func<long> DoneBytes, long Start);
}
