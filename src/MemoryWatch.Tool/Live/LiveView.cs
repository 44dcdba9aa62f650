using Spectre.Console;
using Spectre.Console.Rendering;

namespace MemoryWatch.Tool.Live;

/// <summary>The view in a terminal: it is drawn again at each reading.</summary>
internal sealed class LiveView(LiveWatch watch, bool isUnicode)
{
    private const int ChartHeight = 8;
    private const int MostPoints = 600;
    private const int MostGrowers = 5;
    private const int Margin = 1;

    private readonly Queue<(TimeSpan At, long? Bytes)> _points = [];

    /// <param name="reading">The reading.</param>
    /// <param name="width">Number of characters of a line.</param>
    public IRenderable Draw(LiveReading reading, int width)
    {
        _points.Enqueue((reading.At, reading.Snapshot.Process.ResidentBytes));
        while (_points.Count > MostPoints)
        {
            _points.Dequeue();
        }

        width -= Margin;
        return new Rows([.. Head(reading, width), .. Picture(reading, width), .. Growers(width), .. Foot(reading)]);
    }

    private IEnumerable<IRenderable> Head(LiveReading reading, int width)
    {
        var snapshot = reading.Snapshot;
        yield return Plain($"{LiveText.Title(watch)}, watched for {LiveText.Span(reading.At)}");
        yield return new Markup($"[{Color(snapshot.Zone)}]{snapshot.Zone}[/]  {Markup.Escape(LiveText.Usage(snapshot))}");
        yield return Plain($"Limit   {LiveText.Limit(reading)}");
        if (LiveText.Forecast(snapshot) is { } forecast)
        {
            yield return new Markup($"[yellow]Growth  {Markup.Escape(forecast)}[/]");
        }

        yield return Plain($"Memory  {LiveText.Memory(reading)}");
        yield return Plain($"Work    {LiveText.Work(reading)}");
        yield return Plain(LiveText.Fit($"Group   {LiveText.Group(reading.Neighborhood)}", width));
        yield return Text.Empty;
    }

    private IEnumerable<IRenderable> Picture(LiveReading reading, int width)
    {
        var usage = reading.Snapshot.Usage;
        long? limit = usage.Source is LimitSource.Container or LimitSource.Setting or LimitSource.Throttling ? usage.LimitBytes : null;
        var color = Color(reading.Snapshot.Zone);
        foreach (var line in Chart.Draw([.. _points.Select(static point => point.Bytes)], limit, width, ChartHeight, isUnicode))
        {
            yield return new Markup($"[{color}]{Markup.Escape(line)}[/]") { Overflow = Overflow.Crop };
        }

        yield return Plain(Chart.Axis(reading.At - _points.Peek().At, _points.Count, width));
        yield return Text.Empty;
    }

    private IEnumerable<IRenderable> Growers(int width)
    {
        var growers = watch.Mappings.Top(MostGrowers);
        yield return Plain(LiveText.Growers(watch.Mappings, growers.Count > 0));
        foreach (var growth in growers)
        {
            yield return Plain(LiveText.Growth(growth, width));
        }

        foreach (var growth in watch.Others.Top(MostGrowers))
        {
            yield return Plain(LiveText.Growth(growth, width));
        }
    }

    private IEnumerable<IRenderable> Foot(LiveReading reading) =>
        [.. LiveText.Gaps(reading.Snapshot).Select(Plain), .. LiveText.Unseen(watch.HasRuntime).Select(Plain), Plain(LiveText.HowToEnd)];

    private static Text Plain(string text) => new(text);

    private static string Color(MemoryZone zone) => zone switch
    {
        MemoryZone.Healthy => "green",
        MemoryZone.Elevated => "yellow",
        _ => "red",
    };
}
