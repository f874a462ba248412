using System.Text;

namespace NetGen.Tests.Data;

/// <summary>Random damage to CSV and IDX files: each reads to finite values or is refused with the one exception for bad data files.</summary>
public sealed class DataFileFuzzTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Damaged_csv_files_are_read_or_refused() => Run(
        Encoding.UTF8.GetBytes("1,x,\"2.5\"\n-3e4,\"y \"\"z\"\"\",8\n5,\"x\n,\",7\n"),
        path => Csv.Read(path, new CsvOptions { HasHeader = false, Columns = { ["0"] = CsvColumn.OneHot(Blank.Category), ["1"] = CsvColumn.Index(Blank.DropRow) } }).Dataset,
        "\"", "\"\"", ",", "\n", "\r", "\0", " ", "NaN", "1e99", "é", "\u2028");

    [Fact]
    public void Damaged_idx_files_are_read_or_refused() => Run(
        [0, 0, 0x0D, 2, 0, 0, 0, 2, 0, 0, 0, 1, 0x3F, 0x80, 0, 0, 0, 0, 0, 0], path => new Dataset([Idx.Read(path)], []), "\0", "\u0001", "\u0008", "\u007F", "\0\0\0\u0001");

    private void Run(byte[] whole, Func<string, Dataset> read, params string[] words)
    {
        int readable = 0;
        const int count = 3000;
        for (ulong seed = 0; seed < count; seed++)
        {
            byte[] file = Damage(whole, seed, words);
            File.WriteAllBytes(folder["x"], file);
            try
            {
                read(folder["x"]).Validate();
                readable++;
            }
            catch (DataFileException exception)
            {
                Assert.StartsWith(folder["x"], exception.Message);
            }
            catch (ArgumentException exception) when (exception.Message.Contains("has no column"))
            {
                // The first line has lost a field that the options name.
            }
            catch (Exception exception)
            {
                Assert.Fail($"Input {seed} ended in {exception.GetType()}: {exception.Message}\n{Convert.ToHexString(file)}");
            }
        }

        Assert.InRange(readable, 10, count - 10);
    }

    private static byte[] Damage(byte[] whole, ulong seed, string[] words)
    {
        var bytes = new List<byte>(whole);
        long draw = 0;
        int Next(int bound) => (int)Philox.Below(bound, seed, 0, 0, draw++);
        for (int i = Next(3); i >= 0; i--)
        {
            int position = Next(bytes.Count + 1);
            int length = Math.Min(Next(6), bytes.Count - position);
            if (Next(2) == 0) bytes.RemoveRange(position, length);
            if (Next(2) == 0) bytes.InsertRange(position, Encoding.UTF8.GetBytes(words[Next(words.Length)]));
            if (position < bytes.Count && Next(3) == 0) bytes[position] ^= (byte)(1 << Next(8));
        }

        return [.. bytes];
    }
}
