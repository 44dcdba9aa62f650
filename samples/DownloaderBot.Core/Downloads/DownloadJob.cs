using System.Diagnostics.CodeAnalysis;
using DownloaderBot.Sessions;

namespace DownloaderBot.Downloads;

/// <summary>One download of one user, from the command to the delivered file.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The source has no timer, and a late cancel must not throw.")]
internal sealed class DownloadJob(long userId, bool isPremium, PostLink link, DownloadBatch? batch = null)
{
    private readonly CancellationTokenSource _cancel = batch?.Cancel ?? new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long UserId => userId;

    public bool IsPremium => isPremium;

    public PostLink Link => link;

    /// <summary>The batch that the job belongs to; <see langword="null"/> if it is a single download.</summary>
    public DownloadBatch? Batch => batch;

    public CancellationToken Cancelled => _cancel.Token;

    /// <summary>The job's record in the journal, which is that of its whole batch.</summary>
    public DownloadRecord Record { get; private init; } = new();

    /// <summary>Completes when the job's file is deleted and its place in the queue is free.</summary>
    public Task Ended => _ended.Task;

    public void Cancel() => _cancel.Cancel();

    public void End() => _ended.TrySetResult();

    /// <summary>The next job of the batch; known once this one has left the queue.</summary>
    public DownloadJob? Following { get; private set; }

    public DownloadJob? MakeFollowing() =>
        Following = batch?.Next is { } next ? new(userId, isPremium, next, batch) { Record = Record } : null;
}
