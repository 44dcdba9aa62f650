using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace MemoryWatch.Analyzers;

/// <summary>Finds asynchronous functions that are tracked as synchronous ones, and results of TrackAsync that are not used.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class TrackedFunctionAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(Rules.AsynchronousFunction, Rules.ResultNotUsed);

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
        var method = call.TargetMethod;
        if (!api.RunsOperation(method))
        {
            return;
        }

        if (method.OriginalDefinition.ReturnType is ITypeParameterSymbol)
        {
            if (MethodFor(method.ReturnType) is { } right)
            {
                context.ReportDiagnostic(Diagnostic.Create(Rules.AsynchronousFunction, call.Syntax.GetLocation(), method.ReturnType.Name, right));
            }
        }
        else if (Effect(call) is { } effect)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.ResultNotUsed, call.Syntax.GetLocation(), method.Name, effect));
        }
    }

    /// <summary>The method that tracks a function with this result until its work is done.</summary>
    private static string? MethodFor(ITypeSymbol result) => !IsAwaited(result) ? null
        : result.Name == "ValueTask" ? "TrackValueAsync"
        : "TrackAsync";

    private static bool IsAwaited(ITypeSymbol type) =>
        (type.Name is "Task" or "ValueTask" && type.ContainingNamespace.ToDisplayString() == "System.Threading.Tasks") || IsSequence(type);

    private static bool IsSequence(ITypeSymbol type) =>
        type.Name == "IAsyncEnumerable" && type.ContainingNamespace.ToDisplayString() == "System.Collections.Generic";

    private static string? Effect(IInvocationOperation call)
    {
        var whole = Destination.Whole(call);
        if (IsSequence(call.TargetMethod.ReturnType))
        {
            return Destination.Of(call).Kind == DestinationKind.Dropped ? "the sequence is never enumerated. Use 'await foreach'." : null;
        }

        // A discard says that nobody waits. Without one, the compiler warns in asynchronous methods; both warnings would be one too many.
        return whole.Parent is IExpressionStatementOperation && !IsInAsynchronousFunction(call)
            ? "its exceptions are lost and the caller goes on before the work is done. Await it."
            : null;
    }

    private static bool IsInAsynchronousFunction(IOperation operation)
    {
        for (var function = operation.Parent; function is not null; function = function.Parent)
        {
            if (function is IAnonymousFunctionOperation lambda)
            {
                return lambda.Symbol.IsAsync;
            }

            if (function is ILocalFunctionOperation local)
            {
                return local.Symbol.IsAsync;
            }
        }

        return operation.SemanticModel?.GetEnclosingSymbol(operation.Syntax.SpanStart) is IMethodSymbol { IsAsync: true };
    }
}
