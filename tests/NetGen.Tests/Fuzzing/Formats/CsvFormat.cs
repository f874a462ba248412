using System.Text;

namespace NetGen.Tests.Fuzzing;

internal sealed class CsvFormat : FuzzFormat
{
    public override string Name => "CSV";

    public override string Extension => ".csv";

    public override int ShortRun => 3000;

    public override byte[][] Words { get; } = [.. new[] { "\"", "\"\"", ",", ";", "\t", "\n", "\r\n", "\r", "\0", " ", "NaN", "1e99", "-1.5", "?", "é", "\u2028", "\uFEFF" }.Select(Encoding.UTF8.GetBytes), [0xFF], [0xC3, 0x28]];

    public override byte[][] Corpus() =>
    [
        Encoding.UTF8.GetBytes("1,x,\"2.5\"\n-3e4,\"y \"\"z\"\"\",8\n5,\"x\n,\",7\n"),
        Encoding.UTF8.GetBytes("height,sort,weight\r\n1,x,2\r\n3,y,4\r\n,x,5\r\n"),
    ];

    /// <summary>With places for columns and with names for them; columns that a damaged first line does not have are refused as an argument.</summary>
    public override Func<string, int, string> CreateReader() => (path, _) =>
    {
        bool hasHeader = File.ReadAllBytes(path) is [(byte)'h', ..];
        CsvOptions options = hasHeader
            ? new CsvOptions { Columns = { ["sort"] = CsvColumn.OneHot(Blank.Category), ["height"] = CsvColumn.Numeric(Blank.Mean) } }
            : new CsvOptions { HasHeader = false, Columns = { ["0"] = CsvColumn.OneHot(Blank.Category), ["1"] = CsvColumn.Index(Blank.DropRow) } };
        CsvData data = Csv.Read(path, options);
        data.Dataset.Validate();
        return string.Join(' ', data.Dataset.Inputs.Select(i => i.ToString()));
    };

    public override bool IsRefusal(Exception exception, string path) =>
        base.IsRefusal(exception, path) || (exception is ArgumentException && exception.Message.Contains("has no column", StringComparison.Ordinal));
}
