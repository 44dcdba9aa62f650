using System.Text;
using DownloaderBot.Sessions;

namespace DownloaderBot.Downloads;

/// <summary>
/// Several posts of one user, one after the other. Each post is a separate job that goes to the end of the queue when the previous one has ended,
/// so a batch takes no more than its user's one place. Only one job uses the batch at a time.
/// </summary>
internal sealed class DownloadBatch(IReadOnlyList<PostLink> links)
{
    private const int FailuresShown = 10;

    private readonly List<(PostLink Link, DownloadOutcome Outcome)> _ended = [];

    /// <summary>The posts of a channel from one to another.</summary>
    public static DownloadBatch Between(PostLink first, PostLink last) => new(
        [.. Enumerable.Range(first.PostId, last.PostId - first.PostId + 1).Select(id => first with { PostId = id, IsSingle = false })]);

    public PostLink First => links[0];

    public PostLink Last => links[^1];

    public int Count => links.Count;

    /// <summary>Number, from 1, of the post that is waiting or running.</summary>
    public int Position => Math.Min(_ended.Count + 1, Count);

    /// <summary>Shared by all its jobs: canceling one job cancels the rest.</summary>
    public CancellationTokenSource Cancel { get; } = new();

    /// <summary>The next post; <see langword="null"/> at the end, after a cancellation, and if it would end as the last one did.</summary>
    public PostLink? Next =>
        _ended.Count == Count || Cancel.IsCancellationRequested || IsStopped
            ? null
            : links[_ended.Count];

    private bool IsStopped => _ended.Count < Count && _ended is [.., { Outcome.HoldsForNext: true }];

    public void Note(PostLink link, DownloadOutcome outcome) => _ended.Add((link, outcome));

    public string Summary()
    {
        var delivered = _ended.Count(e => e.Outcome.Status == DownloadStatus.Delivered);
        var skipped = _ended.Count(e => e.Outcome.Status == DownloadStatus.Skipped);
        var failed = _ended.Where(e => e.Outcome.Status == DownloadStatus.Failed).ToList();
        var end = Cancel.IsCancellationRequested ? "cancelled" : IsStopped ? "stopped" : "finished";
        var text = new StringBuilder($"Batch {end}: {delivered} of {Count} delivered");
        text.Append(skipped > 0 ? $", {skipped} skipped without a file" : string.Empty);
        text.Append(failed.Count > 0 ? $", {failed.Count} failed:" : ".");
        foreach (var (link, outcome) in failed.Take(FailuresShown))
        {
            text.Append($"\n{link}: {outcome.Text}");
        }

        text.Append(failed.Count > FailuresShown ? $"\nand {failed.Count - FailuresShown} more." : string.Empty);
        text.Append(IsStopped ? $"\nI did not try the other {Count - _ended.Count}: they would have ended the same way." : string.Empty);
        return text.ToString();
    }
}
