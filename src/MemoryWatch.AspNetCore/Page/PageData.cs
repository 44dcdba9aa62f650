using System.Text.Json;
using MemoryWatch.AspNetCore.Page.Json;

namespace MemoryWatch.AspNetCore.Page;

/// <summary>The answers of the page, as bytes, from what the watch knows. Nothing is read for them.</summary>
internal sealed class PageData(IMemoryWatch watch, bool showContext, TimeProvider time)
{
    public static readonly TimeSpan[] Windows = [TimeSpan.FromMinutes(10), TimeSpan.FromHours(2), TimeSpan.FromHours(24), TimeSpan.FromDays(7)];

    // One answer is kept for each window, for all viewers who ask in the same second.
    private readonly Kept?[] _kept = new Kept?[Windows.Length];

    public MemorySnapshot Current => watch.Current;

    public string Headline => watch.DescribeHeadline(showContext);

    public string Report => watch.DescribeReport(showContext);

    public IReadOnlyList<MemoryFinding> Findings => watch.Diagnose().Findings;

    public byte[] Snapshot() => JsonSerializer.SerializeToUtf8Bytes(SnapshotJson.Of(watch.Current, Headline), PageJson.Default.SnapshotJson);

    public byte[] Operations() => JsonSerializer.SerializeToUtf8Bytes(AllOperations(), PageJson.Default.OperationsJson);

    public byte[] FindingsAsJson() => JsonSerializer.SerializeToUtf8Bytes(
        FindingsJson.Of(watch.Current, watch.Diagnose(), Headline), PageJson.Default.FindingsJson);

    /// <summary>The history of one of the <see cref="Windows"/>.</summary>
    public Content History(int window)
    {
        var (current, kept) = (watch.Current, Volatile.Read(ref _kept[window]));
        if (kept is not null && ReferenceEquals(kept.At, current) && time.GetElapsedTime(kept.Since) < TimeSpan.FromSeconds(1))
        {
            return kept.Content;
        }

        var content = new Content(
            JsonSerializer.SerializeToUtf8Bytes(HistoryJson.Of(watch.History(Windows[window]), showContext), PageJson.Default.HistoryJson));
        Volatile.Write(ref _kept[window], new(current, time.GetTimestamp(), content));
        return content;
    }

    public byte[] FirstView() => JsonSerializer.SerializeToUtf8Bytes(new(TickNow(), StateNow(), PreviousRun()), PageJson.Default.FirstViewJson);

    public byte[] Tick() => JsonSerializer.SerializeToUtf8Bytes(TickNow(), PageJson.Default.TickJson);

    public byte[] State() => JsonSerializer.SerializeToUtf8Bytes(StateNow(), PageJson.Default.StateJson);

    /// <summary>Drops the kept answers.</summary>
    public void Forget() => Array.Clear(_kept);

    private TickJson TickNow() => TickJson.Of(watch.Current, Headline, time.GetUtcNow());

    private StateJson StateNow() => StateJson.Of(
        watch.Current, watch.Diagnose(), AllOperations(), watch.RecentEntries is { Count: > 0 } entries ? entries[^1].Sequence : 0);

    private OperationsJson AllOperations() => OperationsJson.Of(watch, showContext, time.GetUtcNow());

    private string? PreviousRun() => watch.PreviousRun is { } run ? showContext ? run.Describe() : run.DescribeWithoutContext() : null;

    private sealed record Kept(MemorySnapshot At, long Since, Content Content);
}
