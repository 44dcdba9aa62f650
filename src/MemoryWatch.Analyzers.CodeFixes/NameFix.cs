using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MemoryWatch.Analyzers.CodeFixes;

/// <summary>Moves the one hole of an interpolated name to the context: <c>$"Download {id}"</c> becomes <c>"Download", $"{id}"</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NameFix))]
internal sealed class NameFix : CodeFixProvider
{
    // What stands between a name and a value, and belongs to neither.
    private static readonly char[] Separators = [' ', ':', '-', '#', '|', '/', '(', ')', '[', ']', '=', ',', '.', '_', '\''];

    // The other one may have been on the other side of the hole.
    private static readonly char[] Brackets = ['(', ')', '[', ']'];

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(Rules.NameNotConstant.Id);

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root?.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is InterpolatedStringExpressionSyntax
                {
                    Parent: ArgumentSyntax { Parent: ArgumentListSyntax list } argument,
                } text
                && Split(text) is var (name, hole)
                && With(list, argument, name, Context(hole, model!), model!) is { } changed)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(
                        $"Use the name \"{name}\" and move the rest to the context",
                        _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(list, changed))),
                        nameof(NameFix)),
                    diagnostic);
            }
        }
    }

    /// <summary>The name and the hole if there is one hole, and text on one side of it only.</summary>
    private static (string Name, InterpolationSyntax Hole)? Split(InterpolatedStringExpressionSyntax text)
    {
        var holes = text.Contents.OfType<InterpolationSyntax>().ToList();
        var texts = text.Contents.OfType<InterpolatedStringTextSyntax>()
            .Select(t => t.TextToken.ValueText.Replace("{{", "{").Replace("}}", "}").Trim(Separators))
            .Where(t => t.Length > 0)
            .ToList();
        return holes.Count == 1 && texts.Count == 1 && texts[0].IndexOfAny(Brackets) < 0 ? (texts[0], holes[0]) : null;
    }

    private static ExpressionSyntax Context(InterpolationSyntax hole, SemanticModel model) =>
        hole is { AlignmentClause: null, FormatClause: null }
        && model.GetTypeInfo(hole.Expression).Type?.SpecialType == SpecialType.System_String
            ? Bare(hole.Expression).WithoutTrivia()
            : SyntaxFactory.InterpolatedStringExpression(
                SyntaxFactory.Token(SyntaxKind.InterpolatedStringStartToken), SyntaxFactory.SingletonList<InterpolatedStringContentSyntax>(hole));

    private static ExpressionSyntax Bare(ExpressionSyntax expression) =>
        expression is ParenthesizedExpressionSyntax parenthesized ? parenthesized.Expression : expression;

    /// <summary>The arguments with the context; <see langword="null"/> if they have one already, or names that would have to change.</summary>
    private static ArgumentListSyntax? With(
        ArgumentListSyntax list, ArgumentSyntax argument, string name, ExpressionSyntax context, SemanticModel model)
    {
        if (list.Arguments.Any(a => a.NameColon is not null))
        {
            return null;
        }

        var at = list.Arguments.IndexOf(argument);
        var arguments = list.Arguments.Replace(
            argument,
            SyntaxFactory.Argument(SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(name)))
                .WithTriviaFrom(argument));
        var next = list.Arguments.ElementAtOrDefault(at + 1)?.Expression;
        if (next is not null && IsEmpty(next))
        {
            return list.WithArguments(arguments.Replace(arguments[at + 1], arguments[at + 1].WithExpression(context.WithTriviaFrom(next))));
        }

        // After the name there is nothing, or the function: whatever else there is converts to a context.
        return next is null || IsFunction(next, model)
            ? list.WithArguments(arguments.Insert(at + 1, SyntaxFactory.Argument(context).WithLeadingTrivia(SyntaxFactory.Space)))
            : null;
    }

    private static bool IsEmpty(ExpressionSyntax context) =>
        context.IsKind(SyntaxKind.DefaultLiteralExpression) || context.IsKind(SyntaxKind.DefaultExpression)
        || context.IsKind(SyntaxKind.NullLiteralExpression) || context is LiteralExpressionSyntax { Token.ValueText: "" };

    private static bool IsFunction(ExpressionSyntax argument, SemanticModel model) =>
        model.GetTypeInfo(argument).ConvertedType?.TypeKind == TypeKind.Delegate;
}
