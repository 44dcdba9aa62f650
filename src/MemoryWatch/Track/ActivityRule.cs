using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Enumeration;

namespace MemoryWatch.Track;

/// <summary>Which activities become operations: those of sources that match a pattern, as the options say.</summary>
internal sealed class ActivityRule(string source, ActivityTrackingOptions options)
{
    public ActivityTrackingOptions Options => options;

    public string Source => source;

    /// <summary>Whether it is about this source; the watch's own never is, as operations would make operations without end.</summary>
    public bool Covers(ActivitySource activities) =>
        activities.Name != TelemetryNames.ActivitySource && FileSystemName.MatchesSimpleExpression(source, activities.Name, ignoreCase: false);

    /// <summary>Whether a trace is taken; all of its activities are, or none.</summary>
    /// <remarks>The last bytes of an id are random by its standard, and not those that tracing's own samplers go by.</remarks>
    public bool IsSampled(ActivityTraceId trace)
    {
        var ratio = options.SampleRatio;
        if (ratio is 0 or 1)
        {
            return ratio == 1;
        }

        Span<byte> id = stackalloc byte[16];
        trace.CopyTo(id);
        return BinaryPrimitives.ReadUInt64BigEndian(id[8..]) < ratio * ulong.MaxValue;
    }
}
