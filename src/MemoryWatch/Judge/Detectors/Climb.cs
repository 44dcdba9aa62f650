namespace MemoryWatch.Judge;

/// <summary>One rise of memory, from where it began to its highest value so far. It goes on while it makes new tops.</summary>
internal sealed class Climb
{
    private TimeSpan _topAt;
    private long _from;
    private int _collections;

    public long Top { get; private set; }

    public TimeSpan TopAt => _topAt;

    /// <summary>The lowest value since the top.</summary>
    public long Held { get; private set; }

    /// <summary>The rise, in bytes.</summary>
    public long Bytes => Top - _from;

    /// <summary>What is left of the rise since its top, in bytes.</summary>
    public long HeldBytes => Held - _from;

    public void Begin(long from, long top, in SpikeReading reading) =>
        (_from, Top, _topAt, Held, _collections) = (from, top, reading.Now, reading.Bytes, reading.Collections);

    public void Follow(in SpikeReading reading)
    {
        if (reading.PeakBytes > Top + reading.LeastStep)
        {
            (Top, _topAt, Held) = (reading.PeakBytes, reading.Now, reading.Bytes);
        }
        else
        {
            Held = Math.Min(Held, reading.Bytes);
        }
    }

    /// <summary>Whether there was no new top for this long.</summary>
    public bool IsQuiet(in SpikeReading reading, TimeSpan pause) => reading.Now - _topAt >= pause;

    /// <summary>Whether memory has fallen by more than half of the rise.</summary>
    public bool IsTakenBack(in SpikeReading reading) => reading.Bytes <= Top - (Bytes / 2);

    /// <summary>Whether a GC has run since it began.</summary>
    public bool IsCollected(in SpikeReading reading) => reading.Collections != _collections;
}
