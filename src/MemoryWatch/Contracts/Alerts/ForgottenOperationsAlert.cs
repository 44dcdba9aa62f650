using System.Globalization;

namespace MemoryWatch;

/// <summary>
/// Raised if very many operations of one name have not ended: 1,000 for more than 10 minutes, or 100,000 of any age. A scope may never be disposed.
/// Raised again each time their number has doubled.
/// </summary>
/// <param name="operation">The name of the operations.</param>
/// <param name="count">Number of operations of that name in flight.</param>
/// <param name="oldCount">How many of them have been in flight for more than 10 minutes.</param>
/// <example>
/// <code>
/// if (alert is ForgottenOperationsAlert forgotten)
/// {
///     await SendAsync($"{forgotten.Count} scopes of {forgotten.Operation} were never disposed");
/// }
/// </code>
/// </example>
public sealed class ForgottenOperationsAlert(string operation, long count, long oldCount) : MemoryAlert("forgotten", AlertSeverity.Warning)
{
    /// <summary>The name of the operations; safe to print. <c>other</c> for names beyond the first 64.</summary>
    public string Operation { get; } = operation;

    /// <summary>Number of operations of that name in flight.</summary>
    public long Count { get; } = count;

    /// <summary>How many of them have been in flight for more than 10 minutes.</summary>
    public long OldCount { get; } = oldCount;

    /// <summary>
    /// How many of them are only counted: with 10,000 older than 10 minutes or 100,000 in flight, new operations of that name are in no list and no
    /// cause, and are logged with the level Debug.
    /// </summary>
    public long NotKeptCount { get; init; }

    /// <summary>Returns one line, such as <c>forgotten: Download, 5200 in flight, 5000 for over 10 min</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Kind}: {Operation}, {Count} in flight, {OldCount} for over 10 min");
}
