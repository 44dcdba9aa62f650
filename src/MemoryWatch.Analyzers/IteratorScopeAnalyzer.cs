using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace MemoryWatch.Analyzers;

/// <summary>Finds scopes that are open while an iterator returns an item.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class IteratorScopeAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Rules.ScopeInIterator);

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (TrackingApi.Of(start.Compilation) is { } api)
            {
                start.RegisterOperationAction(call => Inspect(call, api), OperationKind.Invocation);
            }
        });
    }

    private static void Inspect(OperationAnalysisContext context, TrackingApi api)
    {
        var call = (IInvocationOperation)context.Operation;
        if (!api.StartsOperation(call) && !api.EntersOperation(call))
        {
            return;
        }

        var function = Function(call);
        if (OpenIn(call, function) is not { } open || !Yields(function).Any(y => open.Contains(y.Syntax.SpanStart)))
        {
            return;
        }

        var method = function is ILocalFunctionOperation local ? local.Symbol : context.ContainingSymbol as IMethodSymbol;
        var (effect, advice) = method is { IsAsync: true }
            ? ("what follows the first one is not attributed to the operation", "Track the sequence with 'TrackAsync(name, context, sequence)'")
            : ("the operation is charged with the work of the consumer", "Close it before each 'yield return'");
        context.ReportDiagnostic(Diagnostic.Create(Rules.ScopeInIterator, call.Syntax.GetLocation(), effect, advice));
    }

    /// <summary>The text in which the scope is open; <see langword="null"/> if that is not certain.</summary>
    private static TextSpan? OpenIn(IOperation call, IOperation function)
    {
        switch (Destination.UsingOf(call))
        {
            case IUsingOperation statement:
                return statement.Body.Syntax.Span;
            case IUsingDeclarationOperation { Parent: { } block } declaration:
                return TextSpan.FromBounds(declaration.Syntax.Span.End, block.Syntax.Span.End);
        }

        var destination = Destination.Of(call);
        if (destination.Kind != DestinationKind.Variable)
        {
            return null;
        }

        var ends = Variable.Destinations(function, destination.Symbol!)
            .Where(u => u.Destination.Kind == DestinationKind.Disposed)
            .Select(u => Destination.UsingOf(u.Reference)?.Syntax.Span.End ?? u.Reference.Syntax.SpanStart)
            .ToList();
        var start = call.Syntax.Span.End;
        return ends.Count > 0 && ends.Max() > start ? TextSpan.FromBounds(start, ends.Max()) : null;
    }

    /// <summary>The innermost function that the operation is in.</summary>
    private static IOperation Function(IOperation operation)
    {
        while (operation is not (ILocalFunctionOperation or IAnonymousFunctionOperation) && operation.Parent is { } parent)
        {
            operation = parent;
        }

        return operation;
    }

    private static IEnumerable<IOperation> Yields(IOperation function)
    {
        foreach (var child in function.ChildOperations)
        {
            if (child.Kind == OperationKind.YieldReturn)
            {
                yield return child;
            }
            else if (child is not (ILocalFunctionOperation or IAnonymousFunctionOperation))
            {
                foreach (var inner in Yields(child))
                {
                    yield return inner;
                }
            }
        }
    }
}
