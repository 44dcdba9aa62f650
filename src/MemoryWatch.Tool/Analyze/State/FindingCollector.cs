using MemoryWatch.Judge;
using MemoryWatch.Tell;

namespace MemoryWatch.Tool.Analyze;

/// <summary>
/// The findings of a log: those that the library logged, and those of its rules that can be applied to what a log shows.
/// </summary>
internal sealed class FindingCollector
{
    private static readonly IFindingRule[] Rules =
    [
        new TooManyItemsRule(), new QueueBuildUpRule(), new OverBudgetRule(), new ThreadGrowthRule(), new HandleGrowthRule(),
    ];

    private static readonly Dictionary<string, FindingRule> Titles = FindingJudge.Rules.ToDictionary(rule => FindingAdvice.Title(rule.Rule), rule => rule.Rule);

    private readonly Dictionary<FindingRule, Found> _found = [];
    private readonly Dictionary<FindingRule, FindingSilence> _silent = [];

    /// <summary>Takes a finding that was logged, without the word before it.</summary>
    /// <returns>Whether it is one.</returns>
    public bool Logged(string text, LogTime? time)
    {
        var colon = text.IndexOf(": ", StringComparison.Ordinal);
        if (colon < 0 || !Titles.TryGetValue(text[..colon], out var rule))
            return false;

        // The line does not name the severity; these two are information.
        var isWarning = rule != FindingRule.PageCache && !text.Contains("not confirmed yet", StringComparison.Ordinal);
        Add(rule, text, isWarning, time, isLogged: true);
        return true;
    }

    /// <summary>Applies the rules.</summary>
    public void Judge(FindingFacts facts, LogTime? time)
    {
        foreach (var rule in Rules)
        {
            var result = rule.Inspect(facts);
            if (result.Finding is { } finding)
                Add(rule.Rule, FindingText.Format(finding), finding.Severity > AlertSeverity.Information, time, isLogged: false);
            else if (!_silent.TryGetValue(rule.Rule, out var reason) || result.Reason < reason)
                _silent[rule.Rule] = result.Reason;
        }
    }

    public IReadOnlyList<LogFindingReport> Report() =>
    [
        .. _found.OrderByDescending(pair => pair.Value.IsWarning).ThenBy(pair => pair.Key).Select(pair => new LogFindingReport
        {
            Rule = pair.Key,
            IsWarning = pair.Value.IsWarning,
            Text = pair.Value.Text,
            Count = pair.Value.Count,
            First = LineTimes.Show(pair.Value.First),
            Last = LineTimes.Show(pair.Value.Last),
            IsLogged = pair.Value.IsLogged,
        }),
    ];

    public IReadOnlyList<SilentLogRule> Silent() =>
        [.. FindingJudge.Rules.Select(rule => rule.Rule).Where(rule => !_found.ContainsKey(rule)).Select(rule => new SilentLogRule(rule, ReasonOf(rule)))];

    private LogSilence ReasonOf(FindingRule rule) => _silent.TryGetValue(rule, out var reason)
        ? reason switch
        {
            FindingSilence.NotReached => LogSilence.NotReached,
            FindingSilence.TooLittleData => LogSilence.TooLittleData,
            _ => LogSilence.NotInLog,
        }
        : LogSilence.NotInLog;

    private void Add(FindingRule rule, string text, bool isWarning, LogTime? time, bool isLogged)
    {
        if (!_found.TryGetValue(rule, out var found))
            _found.Add(rule, found = new() { First = time });

        // What the library logged knew more than the log shows.
        if (isLogged || !found.IsLogged)
            found.Text = text;
        found.IsLogged |= isLogged;
        found.IsWarning |= isWarning;
        found.Count++;
        found.Last = time ?? found.Last;
    }

    private sealed class Found
    {
        public string Text { get; set; } = string.Empty;

        public bool IsWarning { get; set; }

        public bool IsLogged { get; set; }

        public long Count { get; set; }

        public LogTime? First { get; init; }

        public LogTime? Last { get; set; }
    }
}
