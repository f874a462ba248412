using System.Text;

namespace NetGen.Conformance.Tests.Keras;

/// <summary>How many cases of each class pass, fail and are not yet covered. Every case is counted; none is dropped silently.</summary>
internal sealed class CaseTable
{
    private readonly string _section;
    private readonly SortedDictionary<string, Row> _rows = new(StringComparer.Ordinal);
    private readonly List<string> _failures = [];
    private readonly SortedDictionary<string, int> _reasons = new(StringComparer.Ordinal);

    private CaseTable(string section) => _section = section;

    /// <summary>Runs <paramref name="evaluate"/> on every case of a section, which returns the value to compare with the expected one at
    /// Keras's own tolerance, or throws <see cref="NotCoveredException"/>; prints the table and fails the test if a case failed.</summary>
    public static void Check(string section, Func<KerasCase, KerasArray> evaluate, Func<KerasCase, bool>? where = null) =>
        Check(section, KerasCases.File, KerasCases.Of(section).Where(where ?? (_ => true)).Select(c => (c.Class, c.Name, (Func<string?>)(() => c.Tolerance.Compare(c.Expected, evaluate(c))))));

    /// <summary>The same for cases of any kind: of which file they are, in which row each counts, what it is called, and what tells its first difference, or null.</summary>
    public static void Check(string section, string file, IEnumerable<(string Row, string Name, Func<string?> Difference)> cases)
    {
        CaseTable table = new(section);
        foreach ((string row, string name, Func<string?> difference) in cases)
            table.Add(row, name, difference);
        string text = table.ToString();
        TestContext.Current.TestOutputHelper?.WriteLine(text);
        Console.WriteLine(text);
        Assert.True(table._failures.Count == 0, string.Join(Environment.NewLine, table._failures));
        CasePage.Verify(section, file, table.ToMarkdown());
    }

    private string ToMarkdown()
    {
        StringBuilder text = new("| class | pass | left out |\n|---|---:|---:|\n");
        foreach ((string name, Row row) in _rows)
            text.Append($"| {name} | {row.Passed} | {(row.NotCovered > 0 ? $"{row.NotCovered}" : "")} |\n");
        text.Append($"| **all** | **{_rows.Values.Sum(r => r.Passed)}** | **{_rows.Values.Sum(r => r.NotCovered)}** |\n");
        if (_reasons.Count > 0)
            text.Append("\n| left out | cases |\n|---|---:|\n");
        foreach ((string reason, int count) in _reasons)
            text.Append($"| {reason.Replace("|", "\\|", StringComparison.Ordinal)} | {count} |\n");
        return text.ToString();
    }

    public override string ToString()
    {
        StringBuilder text = new();
        text.AppendLine($"{_section,-36}{"passed",8}{"failed",8}{"not covered",13}");
        foreach ((string name, Row row) in _rows)
            text.AppendLine($"{name,-36}{row.Passed,8}{row.Failed,8}{row.NotCovered,13}");
        text.AppendLine($"{"total",-36}{_rows.Values.Sum(r => r.Passed),8}{_rows.Values.Sum(r => r.Failed),8}{_rows.Values.Sum(r => r.NotCovered),13}");
        foreach ((string reason, int count) in _reasons)
            text.AppendLine($"not covered: {reason} ({count})");
        foreach (string failure in _failures)
            text.AppendLine($"failed: {failure}");
        return text.ToString();
    }

    private void Add(string rowName, string name, Func<string?> compare)
    {
        if (!_rows.TryGetValue(rowName, out Row? row))
            _rows.Add(rowName, row = new Row());
        try
        {
            if (compare() is not { } difference)
            {
                row.Passed++;
                return;
            }
            row.Failed++;
            _failures.Add($"{name}: {difference}");
        }
        catch (NotCoveredException reason)
        {
            row.NotCovered++;
            _reasons[reason.Message] = _reasons.GetValueOrDefault(reason.Message) + 1;
        }
        catch (Exception exception)
        {
            row.Failed++;
            _failures.Add($"{name}: {exception.GetType().Name}: {exception.Message}");
        }
    }

    private sealed class Row
    {
        public int Passed, Failed, NotCovered;
    }
}
