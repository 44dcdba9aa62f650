using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Enumeration;

namespace MemoryWatch.Track;

/// <summary>Decides which activities become operations: activities of sources that match a pattern, according to the options.</summary>
internal sealed class ActivityRule(string source, ActivityTrackingOptions options)
{
    public ActivityTrackingOptions Options => options;

    public string Source => source;

    /// <summary>
    /// Whether the rule covers this source. It never covers the watch's own source, because operations would then create operations without end.
    /// </summary>
    public bool Covers(ActivitySource activities) =>
        activities.Name != TelemetryNames.ActivitySource && FileSystemName.MatchesSimpleExpression(source, activities.Name, ignoreCase: false);

    /// <summary>Whether a trace is sampled; either all of its activities become operations or none.</summary>
    /// <remarks>The last 8 bytes of an id are random according to its standard, and the samplers of tracing do not use them.</remarks>
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
