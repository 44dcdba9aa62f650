namespace MemoryWatch;

/// <summary>An alert about one operation. The operation may have ended since.</summary>
/// <example>
/// <code>
/// // Budgets and growth, whichever it is: the alert names the operation.
/// if (alert is OperationAlert { Operation: "Download" } download)
/// {
///     logger.LogWarning("Download for {Context}: {Alert}", download.Context, download.Describe());
/// }
/// </code>
/// </example>
public abstract class OperationAlert : MemoryAlert
{
    private protected OperationAlert(string kind, long operationId, string operation, OperationContext context)
        : base(kind, AlertSeverity.Warning) =>
        (OperationId, Operation, Context) = (operationId, operation, context);

    /// <summary>The operation's number, as in its journal entries.</summary>
    public long OperationId { get; }

    /// <summary>The operation's name; safe to print.</summary>
    public string Operation { get; }

    /// <summary>The subject of the operation; safe to print.</summary>
    public OperationContext Context { get; }
}
