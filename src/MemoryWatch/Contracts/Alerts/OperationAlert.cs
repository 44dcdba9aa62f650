namespace MemoryWatch;

/// <summary>An alert about one operation. The operation may have ended since.</summary>
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
