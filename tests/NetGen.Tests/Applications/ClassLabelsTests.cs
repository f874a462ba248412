namespace NetGen.Tests.Applications;

public sealed class ClassLabelsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_largest_come_first_and_of_equal_ones_the_first()
    {
        var labels = new ClassLabels(["a", "b", "c", "d"]);
        Assert.Equal(
            [new Prediction(2, "c", null, 0.4f), new Prediction(0, "a", null, 0.25f), new Prediction(3, "d", null, 0.25f)],
            labels.Decode([0.25f, 0.1f, 0.4f, 0.25f], 3));
        Assert.Equal(4, labels.Decode([0.25f, 0.1f, 0.4f, 0.25f]).Count);
        Assert.Throws<ArgumentException>(() => labels.Decode([1, 0, 0]));
        Assert.Throws<ArgumentException>(() => labels.Decode([1, 0, float.NaN, 0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => labels.Decode([1, 0, 0, 0], 0));
        Assert.Throws<ArgumentException>(() => new ClassLabels([]));
    }

    [Fact]
    public void Lines_are_names()
    {
        ClassLabels labels = ClassLabels.ReadLines(Write("cat\r\ndog \ngreat white shark\n\n"));
        Assert.Equal((3, "dog", "great white shark"), (labels.Count, labels[1], labels[2]));
        Assert.Equal(2, Assert.Throws<DataFileException>(() => ClassLabels.ReadLines(Write("cat\n\ndog"))).Line);
        Assert.Throws<DataFileException>(() => ClassLabels.ReadLines(Write(" \n")));
    }

    [Fact]
    public void The_index_of_Keras_has_ids()
    {
        ClassLabels labels = ClassLabels.ReadIndex(Write("""{"1": ["n01443537", "goldfish"], "0": ["n01440764", "tench"]}"""));
        Assert.Equal([new Prediction(1, "goldfish", "n01443537", 0.9f)], labels.Decode([0.1f, 0.9f], 1));
    }

    [Theory]
    [InlineData("", "This is no JSON")]
    [InlineData("[]", "An object with a member for each class is expected")]
    [InlineData("{}", "An object with a member for each class is expected")]
    [InlineData("""{"0": "tench"}""", "The member \"0\": \"tench\" is none of the form")]
    [InlineData("""{"0": ["a", 1]}""", "is none of the form")]
    [InlineData("""{"x": ["a", "b"]}""", "is none of the form")]
    [InlineData("""{"0": ["a", "b"], "2": ["c", "d"]}""", "Class 1 is missing; the largest is 2")]
    [InlineData("""{"0": ["a", "b"], "00": ["c", "d"]}""", "Class 0 is there twice")]
    public void Other_files_are_named(string text, string problem)
    {
        var failure = Assert.Throws<DataFileException>(() => ClassLabels.ReadIndex(Write(text)));
        Assert.StartsWith(folder["labels"], failure.Message, StringComparison.Ordinal);
        Assert.Contains(problem, failure.Message, StringComparison.Ordinal);
    }

    private string Write(string text)
    {
        File.WriteAllText(folder["labels"], text);
        return folder["labels"];
    }
}
