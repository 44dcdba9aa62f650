using DownloaderBot.Chat;
using DownloaderBot.Logging;
using MemoryWatch;

namespace DownloaderBot.Downloads;

/// <summary>
/// The one message that shows a download's progress from start to end. A separate task edits it, so a failed or slow edit does not affect the
/// download.
/// </summary>
/// <param name="userId">The user.</param>
/// <param name="chat">The chat.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Gets errors.</param>
/// <param name="sent">Called with the message's id once it is known.</param>
internal sealed class ProgressMessage(long userId, IChat chat, TimeProvider time, ILogger logger, Action<long>? sent = null) : IAsyncDisposable
{
    /// <summary>Minimum time between two edits: chats count edits, and refuse all of them after too many.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan LastEditTimeout = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _over = new();
    private volatile Stage? _stage;
    private volatile string? _pause;
    private long? _messageId;
    private string _shown = string.Empty;
    private Task _edits = Task.CompletedTask;

    /// <summary>Shows a text before the first step: the first one sends the message, the next one replaces it.</summary>
    public async Task SayAsync(string text, CancellationToken cancel)
    {
        _shown = text;
        await TryAsync(async () =>
        {
            if (_messageId is { } id)
            {
                await chat.EditAsync(userId, id, text, cancel);
            }
            else
            {
                _messageId = await chat.SendAsync(userId, text, cancel);
                sent?.Invoke(_messageId.Value);
            }
        });
    }

    /// <summary>Sets the current step. The first one is shown at once; later steps appear with the next edit.</summary>
    /// <param name="title">Title of the step.</param>
    /// <param name="totalBytes">Total size of the step, in bytes.</param>
    /// <param name="doneBytes">Returns the bytes done; called occasionally, on another thread.</param>
    /// <param name="operation">The step's operation, to which the edits that show it belong.</param>
    /// <param name="cancel">Cancels showing the first step.</param>
    public async Task ShowAsync(string title, long totalBytes, Func<long> doneBytes, OperationScope operation, CancellationToken cancel)
    {
        var isFirst = _stage is null;
        _stage = new(title, totalBytes, doneBytes, operation, time.GetTimestamp());
        if (isFirst)
        {
            await SayAsync(Describe(_stage), cancel);

            // The edits outlive the first step, so they must not flow on in its operation.
            using (ExecutionContext.SuppressFlow())
            {
                _edits = EditAsync();
            }
        }
    }

    /// <summary>Shows in place of the current step why it waits.</summary>
    public async Task PauseAsync(string text, CancellationToken cancel)
    {
        _pause = text;
        if (_stage is null)
        {
            await SayAsync(text, cancel);
        }
    }

    /// <summary>Shows the current step again.</summary>
    public void Resume() => _pause = null;

    /// <summary>Replaces the text with the final one; returns <see langword="false"/> if there is no message to edit.</summary>
    /// <param name="text">The final text.</param>
    /// <param name="hurry">Canceled when there is no time left for it.</param>
    public async Task<bool> TryEndAsync(string text, CancellationToken hurry)
    {
        await _over.CancelAsync();
        await _edits;
        using var timeout = new CancellationTokenSource(LastEditTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, hurry);
        return _messageId is { } id && await TryAsync(() => chat.EditAsync(userId, id, text, either.Token));
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
            // Measured from the end of one edit to the start of the next, so that a fast edit does not follow a slow one at once.
            await Task.Delay(Interval, time, _over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_over.IsCancellationRequested)
            {
                return;
            }

            var stage = _stage!;
            await TryAsync(async () =>
            {
                // One loop shows all steps, so it enters the operation of the one that it works for just now.
                using var entered = stage.Operation.Enter();
                if ((_pause ?? Describe(stage)) is var text && text != _shown)
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
            // If the user is gone, sending the file fails; no other error is a reason to stop.
            if (!_over.IsCancellationRequested)
            {
                logger.ProgressNotShown(userId, exception.Message);
            }

            return false;
        }
    }

    private sealed record Stage(string Title, long TotalBytes, Func<long> DoneBytes, OperationScope Operation, long Start);
}
