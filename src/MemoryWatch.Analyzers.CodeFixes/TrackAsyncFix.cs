using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MemoryWatch.Analyzers.CodeFixes;

/// <summary>Calls TrackAsync in place of Track for a function that returns a task.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TrackAsyncFix))]
internal sealed class TrackAsyncFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(Rules.AsynchronousFunction.Id);

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            // A ValueTask and a sequence go to methods with other arguments.
            if (root?.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is InvocationExpressionSyntax call
                && model.GetTypeInfo(call, context.CancellationToken).Type?.Name == "Task"
                && Name(call) is { } name)
            {
                var changed = SyntaxFactory.IdentifierName("TrackAsync").WithTriviaFrom(name);
                context.RegisterCodeFix(
                    CodeAction.Create(
                        "Use 'TrackAsync'",
                        _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(name, changed))),
                        nameof(TrackAsyncFix)),
                    diagnostic);
            }
        }
    }

    private static SimpleNameSyntax? Name(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        _ => null,
    };
}
