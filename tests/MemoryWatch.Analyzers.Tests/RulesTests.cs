using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MemoryWatch.Analyzers.Tests;

public sealed class RulesTests
{
    private static readonly List<DiagnosticDescriptor> Rules =
        [.. typeof(ScopeUseAnalyzer).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(DiagnosticAnalyzer)))
            .SelectMany(t => ((DiagnosticAnalyzer)Activator.CreateInstance(t)!).SupportedDiagnostics)
            .OrderBy(r => r.Id, StringComparer.Ordinal)];

    [Fact]
    public void The_page_has_each_rule_under_the_heading_that_its_link_names()
    {
        var root = Path.Combine(
            typeof(RulesTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "ProjectFolder").Value!, "../..");
        var page = File.ReadAllLines(Path.Combine(root, "docs/analyzer.md"));

        page.Where(l => l.StartsWith("### ", StringComparison.Ordinal)).Should().Equal(Rules.Select(r => "### " + r.Id));
        foreach (var rule in Rules)
        {
            rule.HelpLinkUri.Should().Be("docs/analyzer.md#" + rule.Id.ToLowerInvariant());
            page.SkipWhile(l => l != "### " + rule.Id).Skip(2).First().Should().StartWith($"**{rule.Title}.** ");
        }
    }

    [Fact]
    public void Every_rule_warns_and_belongs_to_usage() =>
        Rules.Should().HaveCount(7).And.OnlyContain(r => r.DefaultSeverity == DiagnosticSeverity.Warning && r.Category == "Usage");
}
