namespace MemoryWatch.Tests.Judge.Leaks;

/// <summary>A rule that is often used to find leaks, applied after each fiftieth of a series: it alarms if it holds once.</summary>
internal sealed class SimpleRule
{
    private const int Parts = 50;
    private const int First = 10;

    private readonly Func<double[], bool> _alarms;
    private int _leaks;
    private int _falseAlarms;
    private int _demanded;
    private int _found;

    private SimpleRule(string name, Func<double[], bool> alarms) => (Name, _alarms) = (name, alarms);

    public string Name { get; }

    public double Precision => _leaks + _falseAlarms == 0 ? 1 : _leaks / (double)(_leaks + _falseAlarms);

    public double Recall => _demanded == 0 ? 1 : _found / (double)_demanded;

    public static SimpleRule RisingFloors() => new("five rising floors", floors =>
        Enumerable.Range(1, 4).All(i => floors[^i] > floors[^(i + 1)]));

    public static SimpleRule Straight() => new("R² > 0.8", floors =>
    {
        var (mean, middle) = (floors.Average(), (floors.Length - 1) / 2.0);
        double products = 0, squares = 0, all = 0;
        for (var i = 0; i < floors.Length; i++)
        {
            products += (i - middle) * (floors[i] - mean);
            squares += (i - middle) * (i - middle);
            all += (floors[i] - mean) * (floors[i] - mean);
        }

        return products > 0 && all > 0 && products * products / squares / all > 0.8;
    });

    public static SimpleRule MannKendall() => new("Mann-Kendall, p < 0.01", floors =>
    {
        var (n, sum) = (floors.Length, 0);
        for (var i = 0; i < n; i++)
        {
            for (var j = i + 1; j < n; j++)
            {
                sum += Math.Sign(floors[j] - floors[i]);
            }
        }

        return (sum - 1) / Math.Sqrt(n * (n - 1) * ((2.0 * n) + 5) / 18) > 2.326;
    });

    public void Score(LeakCase one)
    {
        double[] floors = [.. Enumerable.Range(0, Parts).Select(part =>
            one.Readings[(one.Readings.Length * part / Parts)..(one.Readings.Length * (part + 1) / Parts)].Min(r => r.Megabytes))];
        var isAlarm = Enumerable.Range(First, Parts - First + 1).Any(count => _alarms(floors[..count]));
        _leaks += isAlarm && one.IsLeak ? 1 : 0;
        _falseAlarms += isAlarm && !one.IsLeak ? 1 : 0;
        _demanded += one.IsDemanded ? 1 : 0;
        _found += isAlarm && one.IsDemanded ? 1 : 0;
    }
}
