using MemoryWatch.Act;
using MemoryWatch.Judge;
using MemoryWatch.Read;
using MemoryWatch.Tell;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.Watch;

/// <summary>
/// Keeps the GC's limits fitting: sets the heap limit once, if the settings ask for it, and has the runtime read the container's limit again when it has
/// changed. Used by the watch thread.
/// </summary>
internal sealed class GcLimitTurn(ILogger logger, TimeProvider time, GcLimit gc)
{
    /// <summary>
    /// If no previous run says how much native memory there will be, the limit is set after this time, or as soon as memory is elevated: at the start the
    /// program has not loaded much of what it needs.
    /// </summary>
    public static readonly TimeSpan Settling = TimeSpan.FromMinutes(1);

    private long _started;
    private long? _containerLimit;
    private long? _nativePeak;
    private bool _isSettled;

    /// <param name="first">The first snapshot.</param>
    /// <param name="nativePeak">The most native memory of the previous run, in bytes; <see langword="null"/> if unknown.</param>
    /// <param name="settings">The settings in force.</param>
    public void Begin(MemorySnapshot first, long? nativePeak, HeapLimitSettings settings)
    {
        (_started, _containerLimit, _nativePeak) = (time.GetTimestamp(), first.Container.LimitBytes, nativePeak);
        if (nativePeak is not null && settings.Enabled)
        {
            Set(first, settings);
        }
    }

    public void Advance(MemorySnapshot snapshot, HeapLimitSettings settings)
    {
        if (settings.Enabled && !_isSettled
            && (snapshot.Zone > MemoryZone.Healthy || time.GetElapsedTime(_started) >= Settling))
        {
            Set(snapshot, settings);
        }

        // A limit that cannot be read for a moment has not changed.
        if (snapshot.Container.LimitBytes is { } limit && limit != _containerLimit)
        {
            if (_containerLimit is not null)
            {
                GcLimitLog.Changed(logger, _containerLimit, limit, gc.TryRefresh(), gc.Read());
            }

            _containerLimit = limit;
        }
    }

    /// <summary>Once, whatever comes of it: a limit that follows memory up and down makes programs fail in other ways.</summary>
    private void Set(MemorySnapshot snapshot, HeapLimitSettings settings)
    {
        _isSettled = true;
        var set = GcSettingsReader.Read();
        var isSetByUser = set[GcKnob.HeapLimit] is not null || set[GcKnob.HeapLimitPercent] is not null || set[GcKnob.HeapLimitOfPart] is not null
            || AppContext.GetData(GcLimit.Name) is not null;
        var decision = HeapLimitJudge.Judge(snapshot, _nativePeak, settings.Reserve, isSetByUser);
        string? problem = null;
        if (decision is { Refusal: HeapLimitRefusal.None, Bytes: { } bytes, MostBytes: { } most })
        {
            problem = gc.TrySet(bytes);
            if (problem is not null && most > bytes && gc.TrySet(most) is null)
            {
                (problem, decision) = (null, decision with { Bytes = most });
            }
        }

        GcLimitLog.Write(
            logger, problem is null ? decision : decision with { Refusal = HeapLimitRefusal.RefusedByRuntime }, snapshot.Usage.LimitBytes, _nativePeak is not null, problem);
    }
}
