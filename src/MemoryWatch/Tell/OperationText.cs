namespace MemoryWatch.Tell;

/// <summary>How an operation is named within a sentence.</summary>
internal static class OperationText
{
    private const int LongestContext = 64;

    /// <summary>Name and context: <c>Download (User 5)</c>.</summary>
    public static string Name(string name, in OperationContext context) => $"{name}{Context(context)}";

    /// <summary>The context in parentheses, with a space before them; empty if there is none.</summary>
    public static string Context(in OperationContext context) =>
        context.Text.Length == 0 ? string.Empty : $" ({SafeText.Clean(context.Text, LongestContext)})";
}
