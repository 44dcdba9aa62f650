namespace MemoryWatch.Judge;

/// <summary>Alerts about one operation: its context stands last, as a long one is cut off.</summary>
internal static class OperationAlert
{
    public static MemoryAlert Of(
        string kind, string text, long id, string name, in OperationContext context, params ReadOnlySpan<KeyValuePair<string, object?>> values) => new(
            kind,
            AlertSeverity.Warning,
            context.Text.Length == 0 ? text : $"{text} | {context.Text}",
            [
                new("operation", name),
                new("operation_id", id),
                new("context", context.Text.Length == 0 ? null : context.Text),
                .. values,
                .. context.Values,
            ]);
}
