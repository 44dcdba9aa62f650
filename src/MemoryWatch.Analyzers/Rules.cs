using Microsoft.CodeAnalysis;

namespace MemoryWatch.Analyzers;

/// <summary>The rules. docs/analyzer.md describes each of them, and a test compares the two.</summary>
internal static class Rules
{
    public static readonly DiagnosticDescriptor ScopeNotDisposed = new(
        "MW0001",
        "Dispose the scope that Track returns",
        "The scope that '{0}' returns is not disposed, so the operation never ends. Put it in a 'using'.",
        Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "An operation ends when its scope is disposed. Without that it stays in flight, and its end, duration and totals are never recorded.",
        Page + "#mw0001");

    public static readonly DiagnosticDescriptor ScopeInField = new(
        "MW0002",
        "Do not keep the scope of an operation in a field or property",
        "The scope is kept in '{0}', so the operation lasts as long as that is kept. Put it in a 'using' around the work.",
        Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "An operation is a piece of work, not the life of an object. If the type disposes the scope in its own Dispose, or the scope is handed over in another object, the rule only informs.",
        Page + "#mw0002");

    public static readonly DiagnosticDescriptor ScopeInIterator = new(
        "MW0003",
        "Do not keep a scope open across a yield return",
        "The scope is open at a 'yield return', so {0}. {1}.",
        Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "An asynchronous iterator leaves the operation at its first yield and does not come back to it. A synchronous iterator runs on its consumer's flow, which then works for the operation.",
        Page + "#mw0003");

    public static readonly DiagnosticDescriptor NameNotConstant = new(
        "MW0004",
        "Use a constant name for an operation",
        "The name of the operation is not constant. Use a name from a small set and put what varies into the context.",
        Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "Totals and metrics count by name: the first 64 names separately, all later names together as 'other'. If the analyzer cannot see what the name is, the rule only informs.",
        Page + "#mw0004");

    public static readonly DiagnosticDescriptor EnteredNotDisposed = new(
        "MW0005",
        "Dispose the block that Enter returns",
        "The block that 'Enter' returns is not disposed, so the flow goes on working for the operation. Put it in a 'using'.",
        Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "The flow returns to its previous operation when the block is disposed. Without that, later work is charged to the wrong operation.",
        Page + "#mw0005");

    public static readonly DiagnosticDescriptor AsynchronousFunction = new(
        "MW0006",
        "Track an asynchronous function with TrackAsync",
        "'Track' does not wait for the {0} that the function returns, so the operation ends before the work. Use '{1}'.",
        Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "Track ends the operation when the function returns. An asynchronous function returns at its first await, and a sequence before its first step.",
        Page + "#mw0006");

    public static readonly DiagnosticDescriptor ResultNotUsed = new(
        "MW0007",
        "Use the result of TrackAsync",
        "The result of '{0}' is not used, so {1}",
        Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "A task that nobody awaits loses its exceptions. A sequence that nobody enumerates does nothing.",
        Page + "#mw0007");

    private const string Usage = "Usage";
    private const string Page = "docs/analyzer.md";
}
