using System.Diagnostics;

namespace MemoryWatch;

/// <summary>
/// Which activities become operations, and what is told of them. The filter is asked about an activity's name
/// (<see cref="Activity.OperationName"/>), before it is made and after, so it must answer the same both times. Of a sample, whole traces are
/// taken or left, by their ids. The context is that of an activity as it starts: tags that are set later are not there yet.
/// </summary>
public sealed class ActivityTrackingOptions : TrackingOptions<string, Activity>;
