using System.Reflection;
using MemoryWatch.Tell;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Tell;

public sealed class LogEventsTests
{
    [Fact]
    public void Every_event_is_on_the_page_of_events_with_its_number() =>
        Pages.Read("docs/events.md").Where(line => line.StartsWith('|')).Select(line => line.Split('|'))
            .Where(cells => int.TryParse(cells[1], out _))
            .Select(cells => $"{cells[1].Trim()} {cells[2].Trim()}")
            .Should().Equal(typeof(LogEvents).GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(field => (Id: (int)field.GetRawConstantValue()!, field.Name)).OrderBy(field => field.Id).Select(field => $"{field.Id} {field.Name}"));
}
