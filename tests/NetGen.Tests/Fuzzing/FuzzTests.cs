using System.Globalization;

namespace NetGen.Tests.Fuzzing;

/// <summary>
/// Files of every form that the library reads, damaged at random: each is read or refused with the exception that is promised, in bounded memory and time. NETGEN_FUZZ sets how many of each
/// form there are in place of the short run, NETGEN_FUZZ_FORM the one form that is meant, and NETGEN_FUZZ_REPORT a file to which a line of a table is added for each; the slowest of its files stands
/// beside it. No other test runs meanwhile, as the memory is that of the process.
/// </summary>
[Collection(AloneCollection.Name)]
public sealed class FuzzTests
{
    private static readonly Dictionary<string, FuzzFormat> Formats = new FuzzFormat[]
    {
        new SafetensorsFormat(),
        new CheckpointFormat(),
        new IdxFormat(),
        new CsvFormat(),
        new HdfFormat(),
        new KerasArchiveFormat(),
        new OnnxFormat(),
        new PngFormat(),
        new JpegFormat(),
    }.ToDictionary(format => format.Name);

    public static TheoryData<string> Names => [.. Formats.Keys.Where(name => Environment.GetEnvironmentVariable("NETGEN_FUZZ_FORM") is not { Length: > 0 } form || name == form)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Damaged_files_are_read_or_refused(string name)
    {
        FuzzFormat format = Formats[name];
        int inputs = int.TryParse(Environment.GetEnvironmentVariable("NETGEN_FUZZ"), CultureInfo.InvariantCulture, out int number) ? number : format.ShortRun;
        using TemporaryFolder folder = new();
        FuzzReport report = Campaign.Run(format, inputs, folder.FullName);
        if (Environment.GetEnvironmentVariable("NETGEN_FUZZ_REPORT") is { Length: > 0 } path)
        {
            File.AppendAllText(path, report + Environment.NewLine);
            File.WriteAllBytes($"{path}.slowest{format.Extension}", report.SlowestFile);
        }

        Assert.True(report.Defects.Count == 0, string.Join("\n\n", report.Defects));

        // Both have to be met to show that the damage reaches the readers.
        Assert.InRange(report.Read, 1, inputs - 1);
        Assert.InRange(report.Refused, 1, inputs - 1);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Whole_files_are_read(string name)
    {
        FuzzFormat format = Formats[name];
        using TemporaryFolder folder = new();
        string path = folder["whole" + format.Extension];
        foreach (byte[] file in format.Corpus())
        {
            File.WriteAllBytes(path, file);
            Assert.NotEqual("", format.CreateReader()(path, 0));
        }
    }
}
