using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace MemoryWatch.Analyzers;

/// <summary>Finds scopes that are not disposed, and scopes that are kept in fields and properties.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ScopeUseAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(Rules.ScopeNotDisposed, Rules.ScopeInField, Rules.EnteredNotDisposed);

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();

        // Generated code is read, not reported: the generated part of a type may dispose what the other part keeps.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze);
        context.RegisterCompilationStartAction(start =>
        {
            if (TrackingApi.Of(start.Compilation) is { } api)
            {
                // For all types: a nested type may dispose what the type around it keeps. Its end comes first.
                var disposed = new ConcurrentDictionary<ISymbol, bool>(SymbolEqualityComparer.Default);
                start.RegisterSymbolStartAction(type => Start(type, api, disposed), SymbolKind.NamedType);
            }
        });
    }

    private static void Start(SymbolStartAnalysisContext context, TrackingApi api, ConcurrentDictionary<ISymbol, bool> disposed)
    {
        var kept = new ConcurrentBag<(ISymbol Member, Location Place)>();
        var type = (INamedTypeSymbol)context.Symbol;
        context.RegisterOperationAction(
            call => Inspect(call, api, (member, place) => kept.Add((member, place))), OperationKind.Invocation);
        context.RegisterOperationAction(
            reference =>
            {
                if (Disposes(reference.Operation))
                {
                    disposed[((IMemberReferenceOperation)reference.Operation).Member.OriginalDefinition] = true;
                }
            },
            OperationKind.FieldReference,
            OperationKind.PropertyReference);
        context.RegisterSymbolEndAction(end =>
        {
            foreach (var (member, place) in kept)
            {
                var isOwn = SymbolEqualityComparer.Default.Equals(member.ContainingType.OriginalDefinition, type.OriginalDefinition);
                var isRight = isOwn
                    ? !member.IsStatic && IsDisposable(type) && disposed.ContainsKey(member.OriginalDefinition)
                    : !member.IsStatic;
                end.ReportDiagnostic(Diagnostic.Create(
                    Rules.ScopeInField,
                    place,
                    isRight ? DiagnosticSeverity.Info : Rules.ScopeInField.DefaultSeverity,
                    additionalLocations: null,
                    properties: null,
                    member.Name));
            }
        });
    }

    private static void Inspect(OperationAnalysisContext context, TrackingApi api, Action<ISymbol, Location> keep)
    {
        var call = (IInvocationOperation)context.Operation;
        var starts = api.StartsOperation(call);
        if (!starts && !api.EntersOperation(call))
        {
            return;
        }

        var destination = Destination.Of(call);
        var isLost = destination.Kind is DestinationKind.Dropped or DestinationKind.Used;
        if (destination.Kind == DestinationKind.Variable)
        {
            var uses = Variable.Destinations(call, destination.Symbol!);
            isLost = uses.All(u => u.Destination.Kind is DestinationKind.Dropped or DestinationKind.Used);
            if (starts)
            {
                foreach (var use in uses.Where(u => u.Destination.Kind == DestinationKind.Member))
                {
                    keep(use.Destination.Symbol!, use.Reference.Syntax.GetLocation());
                }
            }
        }
        else if (destination is { Kind: DestinationKind.Member, Symbol: { } member } && starts)
        {
            keep(member, call.Syntax.GetLocation());
        }

        if (isLost)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                starts ? Rules.ScopeNotDisposed : Rules.EnteredNotDisposed, call.Syntax.GetLocation(), call.TargetMethod.Name));
        }
    }

    /// <summary>Whether a field or property is disposed here, or passed to code that may.</summary>
    private static bool Disposes(IOperation member)
    {
        if (member.Parent is IAssignmentOperation assignment && assignment.Target == member)
        {
            return false;
        }

        var destination = Destination.Of(member);
        return destination.Kind switch
        {
            DestinationKind.Disposed or DestinationKind.PassedOn => true,
            DestinationKind.Variable => Variable.Destinations(member, destination.Symbol!)
                .Any(u => u.Destination.Kind is DestinationKind.Disposed or DestinationKind.PassedOn),
            _ => false,
        };
    }

    private static bool IsDisposable(INamedTypeSymbol type) => type.AllInterfaces.Any(i =>
        i.SpecialType == SpecialType.System_IDisposable
        || (i.Name == "IAsyncDisposable" && i.ContainingNamespace is { Name: "System", ContainingNamespace.IsGlobalNamespace: true }))
        || (type.IsRefLikeType && type.GetMembers(nameof(IDisposable.Dispose)).OfType<IMethodSymbol>().Any(m => m.Parameters.IsEmpty));
}
