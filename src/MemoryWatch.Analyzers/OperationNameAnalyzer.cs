using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace MemoryWatch.Analyzers;

/// <summary>Finds names of operations that vary.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class OperationNameAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Rules.NameNotConstant);

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
        if (api.NameIn((IInvocationOperation)context.Operation) is not { } name)
        {
            return;
        }

        var variety = Variety.Of(name.Value);
        if (variety is VarietyKind.Varies or VarietyKind.Unknown)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Rules.NameNotConstant,
                name.Value.Syntax.GetLocation(),
                variety == VarietyKind.Varies ? Rules.NameNotConstant.DefaultSeverity : DiagnosticSeverity.Info,
                additionalLocations: null,
                properties: null));
        }
    }
}
