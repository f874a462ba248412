using NetGen.Samples;

namespace NetGen.Tests.Samples;

public sealed class TextPairsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Sums_are_right_and_none_is_in_both_parts()
    {
        (TextPairs train, TextPairs test) = WrittenSums.TrainAndTest(seed: 1);
        Assert.Equal((50_000, 5_000), (train.Count, test.Count));
        HashSet<(int, int)> seen = [.. train.Sources.Select(Numbers)];
        Assert.Equal(train.Count, seen.Count);
        Assert.All(test.Sources, sum => Assert.DoesNotContain(Numbers(sum), seen));
        foreach ((string source, string target) in train.Sources.Concat(test.Sources).Zip(train.Targets.Concat(test.Targets)))
        {
            (int a, int b) = Numbers(source);
            Assert.Equal(a + b, int.Parse(target));
        }

        static (int, int) Numbers(string sum)
        {
            int[] numbers = [.. sum.TrimEnd('=').Split('+').Select(int.Parse)];
            return (numbers.Min(), numbers.Max());
        }
    }

    [Fact]
    public void A_line_of_one_file_belongs_to_the_same_line_of_the_other()
    {
        Write("training", "uno\ndos\n", "one\ntwo\n");
        Write("dev", "uno\n", "one\n");
        Write("test", "dos", "two");
        (TextPairs train, TextPairs validation, TextPairs test) = EuTrans.Read(folder.FullName);
        Assert.Equal(["uno", "dos"], train.Sources);
        Assert.Equal(["one", "two"], train.Targets);
        Assert.Equal((1, "dos", "two"), (validation.Count, test.Sources[0], test.Targets[0]));
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        Assert.Contains("has no training.es", Assert.Throws<FileNotFoundException>(() => EuTrans.Read(folder.FullName)).Message, StringComparison.Ordinal);
        Write("training", "uno\ndos\n", "one\n");
        Assert.Equal($"{folder["training.es"]} has 2 lines and {folder["training.en"]} has 1; as many are expected.", Assert.Throws<InvalidDataException>(() => EuTrans.Read(folder.FullName)).Message);
        Write("training", "", "");
        Assert.Equal($"{folder["training.es"]} is empty; at least one line is expected.", Assert.Throws<InvalidDataException>(() => EuTrans.Read(folder.FullName)).Message);
        Write("training", "uno", "one");
        Assert.Contains("dev.es", Assert.Throws<FileNotFoundException>(() => EuTrans.Read(folder.FullName)).Message, StringComparison.Ordinal);
    }

    private void Write(string part, string spanish, string english)
    {
        File.WriteAllText(folder[part + ".es"], spanish);
        File.WriteAllText(folder[part + ".en"], english);
    }
}
