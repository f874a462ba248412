using CsCheck;

namespace NetGen.Tests.Serialization;

public sealed class CheckpointTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string path;

    public CheckpointTests() => path = folder["model.ckpt"];

    private static MemoryStore Weights => new MemoryStore().Add("dense/kernel", [2, 3], 1, 2, 3, 4, 5, 6).Add("dense/bias", [3], 7, 8, float.NaN);

    private static MemoryStore Velocity => new MemoryStore().Add("dense/kernel", [2, 3], -1, -2, -3, -4, -5, -6).Add("dense/bias", [3], -7, -8, -9);

    private static CheckpointInfo Info => new()
    {
        Architecture = "abc",
        Epoch = 3,
        Step = long.MaxValue,
        Seed = ulong.MaxValue,
        History = new OrderedDictionary<string, IReadOnlyList<double>> { ["val \"ä\""] = [], ["loss"] = [0.1, double.NaN, double.PositiveInfinity, -0.0], ["accuracy"] = [1] },
        Values = new Dictionary<string, string> { ["early_stopping/wait"] = "2", ["ä"] = "" },
    };

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Tensors_and_state_come_back()
    {
        Save();
        using var reader = new CheckpointReader(path);
        Assert.Equal(Info with { History = reader.Info.History, Values = reader.Info.Values }, reader.Info);
        Assert.Equal(Info.Values, reader.Info.Values);
        Assert.Equal(Info.History.Keys, reader.Info.History.Keys);
        foreach (string name in Info.History.Keys)
            Assert.Equal(Info.History[name].Select(BitConverter.DoubleToInt64Bits), reader.Info.History[name].Select(BitConverter.DoubleToInt64Bits));
        MemoryStore weights = Weights.Blank();
        MemoryStore velocity = Velocity.Blank();
        reader.Restore("abc", new CheckpointSection("optimizer/adam/velocity", velocity), new CheckpointSection(CheckpointSection.Weights, weights));
        Weights.AssertSame(weights);
        Velocity.AssertSame(velocity);
    }

    [Fact]
    public void Every_number_of_a_history_comes_back() => Gen.Double.Array.Sample(values =>
    {
        string text = CheckpointHistory.Format(new OrderedDictionary<string, IReadOnlyList<double>> { ["x"] = values });
        Assert.Equal(values.Select(BitConverter.DoubleToInt64Bits), CheckpointHistory.Parse(text)["x"].Select(BitConverter.DoubleToInt64Bits));
    });

    [Fact]
    public void The_names_in_the_file_are_prefixed()
    {
        Save();
        using var reader = new SafetensorsReader(path);
        Assert.Equal(
            ["optimizer/adam/velocity/dense/bias", "optimizer/adam/velocity/dense/kernel", "weights/dense/bias", "weights/dense/kernel"],
            reader.Tensors.Select(tensor => tensor.Name));
    }

    [Fact]
    public void The_weights_alone_load_from_a_checkpoint_too()
    {
        Save();
        MemoryStore weights = Weights.Blank();
        WeightFile.Load(path, weights);
        Weights.AssertSame(weights);
    }

    [Fact]
    public void Weights_alone_are_no_checkpoint()
    {
        WeightFile.Save(path, Weights);
        Assert.Contains("no checkpoint", Assert.Throws<ModelFileException>(() => new CheckpointReader(path)).Message);
    }

    [Fact]
    public void Another_architecture_lists_every_difference_and_writes_nothing()
    {
        Save();
        MemoryStore other = new MemoryStore().Add("dense_1/kernel", [2, 3], new float[6]).Add("dense/bias", [4], new float[4]).Add("extra", [1], 0f);
        using var reader = new CheckpointReader(path);
        string message = Assert.Throws<ModelFileException>(() => reader.Restore("other", new CheckpointSection("weights", other))).Message;
        Assert.StartsWith(path, message);
        Assert.Contains("2 missing:\n  'weights/dense_1/kernel' (2, 3); the file has 'weights/dense/kernel' (2, 3)\n  'weights/extra' (1,)", message);
        Assert.Contains("3 unexpected:\n  'optimizer/adam/velocity/dense/bias' (3,)\n  'optimizer/adam/velocity/dense/kernel' (2, 3)\n  'weights/dense/kernel' (2, 3)", message);
        Assert.Contains("1 of another shape:\n  'weights/dense/bias' is (3,) in the file; (4,) is expected", message);
        Assert.All(other["dense_1/kernel"], value => Assert.Equal(0, value));
    }

    [Fact]
    public void Another_hash_with_equal_tensors_is_refused()
    {
        Save();
        using var reader = new CheckpointReader(path);
        MemoryStore weights = Weights.Blank();
        var exception = Assert.Throws<ModelFileException>(
            () => reader.Restore("xyz", new CheckpointSection("weights", weights), new CheckpointSection("optimizer/adam/velocity", Velocity)));
        Assert.Contains("'abc'; 'xyz' is expected", exception.Message);
        Assert.Equal(0, weights["dense/kernel"][0]);
    }

    [Theory]
    [InlineData("version", "2", "version '2'; 1 is expected")]
    [InlineData("version", null, "no 'version'")]
    [InlineData("architecture", null, "no 'architecture'")]
    [InlineData("epoch", "-1", "'epoch' is '-1'")]
    [InlineData("epoch", "2147483648", "an integer from 0 to 2147483647")]
    [InlineData("step", "1e3", "'step' is '1e3'")]
    [InlineData("seed", "18446744073709551616", "'seed' is '18446744073709551616'")]
    [InlineData("history", "[]", "history is damaged")]
    [InlineData("history", "{\"a\":[1", "history is damaged")]
    [InlineData("history", "{\"a\":[\"1\"]}", "history is damaged")]
    [InlineData("history", "{\"a\":[],\"a\":[]}", "history is damaged")]
    [InlineData("history", "{\"\\uD800\":[]}", "history is damaged")]
    public void Damaged_metadata_are_named(string key, string? value, string expected)
    {
        Save();
        Dictionary<string, string> metadata;
        using (var reader = new SafetensorsReader(path)) metadata = new(reader.Metadata);
        if (value is null) metadata.Remove(key);
        else metadata[key] = value;
        WeightFile.Save(path, Weights, metadata);
        Assert.Contains(expected, Assert.Throws<ModelFileException>(() => new CheckpointReader(path)).Message);
    }

    [Fact]
    public void A_long_list_of_differences_is_cut()
    {
        var many = new MemoryStore();
        for (int i = 0; i < 100; i++) many.Add($"layer{i}", [1], 0f);
        WeightFile.Save(path, new MemoryStore());
        string message = Assert.Throws<ModelFileException>(() => WeightFile.Load(path, many)).Message;
        Assert.Contains("100 missing:", message);
        Assert.Contains("and 80 more", message);
    }

    private void Save() => CheckpointWriter.Save(
        path, Info, new CheckpointSection(CheckpointSection.Weights, Weights), new CheckpointSection("optimizer/adam/velocity", Velocity));
}
