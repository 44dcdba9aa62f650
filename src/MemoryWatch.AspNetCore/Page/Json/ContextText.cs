namespace MemoryWatch.AspNetCore.Page.Json;

/// <summary>The context of an operation, if the page shows contexts and there is one.</summary>
internal static class ContextText
{
    public static string? Of(in OperationContext context, bool isShown) => isShown && context.Text is { Length: > 0 } text ? text : null;
}
