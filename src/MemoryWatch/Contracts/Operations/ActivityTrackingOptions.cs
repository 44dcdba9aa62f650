using System.Diagnostics;

namespace MemoryWatch;

/// <summary>
/// Options that select the activities that become operations, and that set how these operations are logged. MemoryWatch calls the filter with
/// the name of an activity (<see cref="Activity.OperationName"/>) before the activity is created and again after, so the filter must return the
/// same result both times. Sampling selects whole traces by their ids. MemoryWatch reads the context when the activity starts: tags that are
/// set later are not included.
/// </summary>
/// <example>
/// <code>
/// builder.Services.AddMemoryWatch().TrackActivities("MyCompany.*", options =>
/// {
///     options.Filter = name => name != "Heartbeat";
///     options.Context = activity => activity.GetTagItem("file.name") as string;
/// });
/// </code>
/// </example>
public sealed class ActivityTrackingOptions : TrackingOptions<string, Activity>;
