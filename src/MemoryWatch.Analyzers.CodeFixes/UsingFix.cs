using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace MemoryWatch.Analyzers.CodeFixes;

/// <summary>Puts a scope, or the block that Enter returns, into a <c>using</c> declaration.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UsingFix))]
internal sealed class UsingFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.Create(Rules.ScopeNotDisposed.Id, Rules.EnteredNotDisposed.Id);

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root?.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is ExpressionSyntax call
                && call.FirstAncestorOrSelf<StatementSyntax>() is { Parent: BlockSyntax or GlobalStatementSyntax } statement
                && !IsInIterator(statement)
                && With(statement, call, diagnostic.Id == Rules.EnteredNotDisposed.Id ? "entered" : "scope") is { } changed)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(
                        "Add 'using'",
                        _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(statement, changed))),
                        nameof(UsingFix)),
                    diagnostic);
            }
        }
    }

    /// <summary>The statement as a <c>using</c> declaration; <see langword="null"/> if it does more than start the operation.</summary>
    private static LocalDeclarationStatementSyntax? With(StatementSyntax statement, ExpressionSyntax call, string name) => statement switch
    {
        LocalDeclarationStatementSyntax { Declaration.Variables: { Count: 1 } variables } declaration
            when variables[0].Initializer?.Value == call && !IsWritten(statement, variables[0].Identifier.Text) => Using(declaration),
        ExpressionStatementSyntax expression when Dropped(expression.Expression) == call => Using(Declared(call, FreeName(statement, name)))
            .WithTrailingTrivia(statement.GetTrailingTrivia())
            .WithLeadingTrivia(statement.GetLeadingTrivia()),
        _ => null,
    };

    private static LocalDeclarationStatementSyntax Using(LocalDeclarationStatementSyntax declaration) => declaration
        .WithoutLeadingTrivia()
        .WithUsingKeyword(SyntaxFactory.Token(SyntaxKind.UsingKeyword).WithTrailingTrivia(SyntaxFactory.Space))
        .WithLeadingTrivia(declaration.GetLeadingTrivia())
        .WithAdditionalAnnotations(Formatter.Annotation);

    private static LocalDeclarationStatementSyntax Declared(ExpressionSyntax call, string name) => SyntaxFactory.LocalDeclarationStatement(
        SyntaxFactory.VariableDeclaration(SyntaxFactory.IdentifierName("var").WithTrailingTrivia(SyntaxFactory.Space))
            .AddVariables(SyntaxFactory.VariableDeclarator(name)
                .WithInitializer(SyntaxFactory.EqualsValueClause(call.WithoutTrivia()))));

    /// <summary>The call in <c>call;</c> and in <c>_ = call;</c>.</summary>
    private static ExpressionSyntax Dropped(ExpressionSyntax expression) =>
        expression is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.Text: "_" } } assignment ? assignment.Right : expression;

    private static bool IsInIterator(StatementSyntax statement) => Function(statement)
        .DescendantNodes(n => n is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax) || n == Function(statement))
        .Any(n => n.IsKind(SyntaxKind.YieldReturnStatement));

    private static bool IsWritten(StatementSyntax statement, string variable) => Function(statement).DescendantNodes().Any(n => n switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left is IdentifierNameSyntax name && name.Identifier.Text == variable,
        ArgumentSyntax { RefKindKeyword.RawKind: not (int)SyntaxKind.None } argument =>
            argument.Expression is IdentifierNameSyntax name && name.Identifier.Text == variable,
        _ => false,
    });

    private static string FreeName(StatementSyntax statement, string name)
    {
        var taken = new HashSet<string>(Member(statement).DescendantTokens().Where(t => t.IsKind(SyntaxKind.IdentifierToken)).Select(t => t.Text));
        var free = name;
        for (var i = 2; taken.Contains(free); i++)
        {
            free = name + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return free;
    }

    private static SyntaxNode Function(SyntaxNode node) => node.Ancestors().FirstOrDefault(n =>
        n is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax) ?? Member(node);

    /// <summary>The member that the node is in; of top-level statements the whole file.</summary>
    private static SyntaxNode Member(SyntaxNode node) =>
        node.Ancestors().FirstOrDefault(n => n is MemberDeclarationSyntax and not GlobalStatementSyntax) ?? node.SyntaxTree.GetRoot();
}
