using System.Threading.Channels;
using MemoryWatch;

namespace DownloaderBot.Admin;

/// <summary>
/// Hands the watch's alerts over to <see cref="AlertSender"/>: people on small hosts do not read logs. Never waits, as the
/// watch must not: what does not fit is counted and left out.
/// </summary>
internal sealed class AlertObserver(BotOptions options, TimeProvider time) : IMemoryObserver
{
    private const int Waiting = 16;

    // Of the thread that calls OnAlert, which is one.
    private readonly Dictionary<(string Kind, AlertSeverity Severity), (long Sent, int LeftOut)> _byKind = [];

    private readonly Channel<string> _texts = Channel.CreateBounded<string>(Waiting);

    public ChannelReader<string> Texts => _texts.Reader;

    public void OnAlert(MemoryAlert alert, MemorySnapshot snapshot)
    {
        // Severity counts as well: that it gets worse must not be left out for what was said when it was harmless.
        var key = (alert.Kind, alert.Severity);
        var isKnown = _byKind.TryGetValue(key, out var last);
        if (options.Admins.Count == 0 || (isKnown && time.GetElapsedTime(last.Sent) < options.AlertInterval)
            || !_texts.Writer.TryWrite(Describe(alert, snapshot, last.LeftOut)))
        {
            _byKind[key] = last with { LeftOut = last.LeftOut + 1 };
            return;
        }

        _byKind[key] = (time.GetTimestamp(), 0);
    }

    private static string Describe(MemoryAlert alert, MemorySnapshot snapshot, int leftOut) =>
        $"{alert.Describe()}{(leftOut > 0 ? $"\n({leftOut} more like this since the last message)" : string.Empty)}\n{snapshot.Describe()}";
}
