using System.Diagnostics.CodeAnalysis;
using DownloaderBot.Sessions;

namespace DownloaderBot.Downloads;

/// <summary>One download of one user, from the command to the delivered file.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The source has no timer, and a late cancel must not throw.")]
internal sealed class DownloadJob(long userId, bool isPremium, PostLink link)
{
    private readonly CancellationTokenSource _cancel = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long UserId => userId;

    public bool IsPremium => isPremium;

    public PostLink Link => link;

    public CancellationToken Cancelled => _cancel.Token;

    /// <summary>Completes when nothing of the job is left: no file, no place in the queue.</summary>
    public Task Ended => _ended.Task;

    public void Cancel() => _cancel.Cancel();

    public void End() => _ended.TrySetResult();
}
