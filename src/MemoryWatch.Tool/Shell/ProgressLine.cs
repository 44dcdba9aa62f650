using System.Globalization;

namespace MemoryWatch.Tool;

/// <summary>One line on a terminal that says how far something is, and is gone at the end. Nothing appears within the first second.</summary>
internal sealed class ProgressLine : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly TextWriter? _writer;
    private readonly TimeProvider _time;
    private readonly string _what;
    private readonly long? _total;
    private readonly long _start;
    private long _shown;
    private int _width;

    public ProgressLine(TextWriter? writer, TimeProvider time, string what, long? total)
    {
        (_writer, _time, _what, _total) = (writer, time, what, total);
        _start = _shown = time.GetTimestamp();
    }

    /// <summary>Says that <paramref name="done"/> of the total is done. Cheap enough to be called often.</summary>
    public void Report(long done)
    {
        if (_writer is null)
        {
            return;
        }

        var now = _time.GetTimestamp();
        if (_time.GetElapsedTime(_start, now) < Patience || _time.GetElapsedTime(_shown, now) < Interval)
        {
            return;
        }

        _shown = now;
        var text = _total is > 0 and { } total
            ? string.Create(CultureInfo.InvariantCulture, $"{_what}: {100 * Math.Min(1.0, (double)done / total):F0} %")
            : string.Create(CultureInfo.InvariantCulture, $"{_what}: {_time.GetElapsedTime(_start, now).TotalSeconds:F0} s");
        _writer.Write('\r' + text.PadRight(_width));
        _width = text.Length;
    }

    public void Dispose()
    {
        if (_width > 0)
        {
            _writer?.Write('\r' + new string(' ', _width) + '\r');
        }

        _width = 0;
    }
}
