using System.Buffers.Binary;
using System.Text;
using NetGen.Reporting;

namespace NetGen.Tests.Training.Callbacks;

/// <summary>Event files, read by TensorFlow's own message definitions (as TorchSharp brings them) and a checksum that is computed bit by bit.</summary>
public sealed class TensorBoardTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Results_of_epochs_and_batches_have_Kerass_names_and_steps()
    {
        History history = Train(new TensorBoard(folder.FullName, updateFreq: 2), out Trainer<Mixed> trainer);
        Tensorboard.Event[] train = Read("train"), validation = Read("validation");
        Assert.Equal("brain.Event:2", train[0].FileVersion);
        Assert.Equal("brain.Event:2", validation[0].FileVersion);
        Assert.Equal(history["loss"].Select(v => (float)v), Values(train, "epoch_loss").Select(v => v.Value));
        Assert.Equal([0, 1, 2], Values(train, "epoch_loss").Select(v => v.Step));
        Assert.Equal(history["accuracy"].Select(v => (float)v), Values(train, "epoch_accuracy").Select(v => v.Value));
        Assert.Equal([0.01f, 0.01f, 0.01f], Values(train, "epoch_learning_rate").Select(v => v.Value));
        Assert.Equal(history["val_loss"].Select(v => (float)v), Values(validation, "epoch_loss").Select(v => v.Value));
        Assert.Equal([(4L, (float)history["val_accuracy"][0]), (8L, (float)history["val_accuracy"][1]), (12L, (float)history["val_accuracy"][2])], Values(validation, "evaluation_accuracy_vs_iterations"));
        Assert.Equal([2, 4, 6, 8, 10, 12], Values(train, "batch_loss").Select(v => v.Step));
        Assert.Equal((float)history["loss"][1], Values(train, "batch_loss").Single(v => v.Step == 8).Value);
        Assert.DoesNotContain(train.SelectMany(e => e.Summary?.Value ?? []), v => v.Tag.Contains("val_", StringComparison.Ordinal) || v.Tag.Contains("per_second", StringComparison.Ordinal));
        Assert.Equal(12, trainer.Iterations);
        Assert.All(train, e => Assert.InRange(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - e.WallTime, -5, 3600));
    }

    [Fact]
    public void Histograms_hold_every_weight()
    {
        Train(new TensorBoard(folder.FullName, histogramFreq: 2, writeStepsPerSecond: true), out Trainer<Mixed> trainer);
        Tensorboard.Event[] train = Read("train");
        (long Step, Tensorboard.HistogramProto Histogram)[] found = [.. train.SelectMany(e => (e.Summary?.Value ?? []).Where(v => v.Tag == "dense/kernel/histogram").Select(v => (e.Step, v.Histo)))];
        Assert.Equal([0, 2], found.Select(f => f.Step));
        float[] kernel = trainer.Network.GetWeights("dense/kernel");
        Tensorboard.HistogramProto last = found[1].Histogram;
        Assert.Equal(kernel.Length, last.Num);
        Assert.Equal(kernel.Length, last.Bucket.Sum());
        Assert.Equal(kernel.Min(), last.Min);
        Assert.Equal(kernel.Max(), last.Max);
        Assert.Equal(kernel.Sum(w => (double)w), last.Sum, 1e-9);
        Assert.Equal(kernel.Sum(w => (double)w * w), last.SumSquares, 1e-9);

        // Another way to count: how many lie below each bucket's end.
        for (int i = 0; i < last.Bucket.Count - 1; i++) Assert.Equal(kernel.Count(w => w < last.BucketLimit[i]), last.Bucket.Take(i + 1).Sum());
        Assert.Equal(trainer.Network.Parameters.Count, train.Where(e => e.Step == 2).SelectMany(e => e.Summary?.Value ?? []).Count(v => v.Tag.EndsWith("/histogram", StringComparison.Ordinal)));
        Assert.All(Values(train, "epoch_steps_per_second"), v => Assert.True(v.Value > 0));
        Assert.False(Histograms.Of([2, 2, float.NaN]).Bucket.Count != 1);
        Assert.Equal(0, Histograms.Of([float.NaN]).Num);
        Assert.Empty(Histograms.Of([]).Bucket);
    }

    [Fact]
    public void The_graph_has_every_layer_and_leads_from_the_inputs_to_the_outputs()
    {
        Train(new TensorBoard(folder.FullName), out _);
        Tensorboard.GraphDef graph = Tensorboard.GraphDef.Parser.ParseFrom(Read("train").Single(e => !e.GraphDef.IsEmpty).GraphDef);
        Dictionary<string, Tensorboard.NodeDef> nodes = graph.Node.ToDictionary(n => n.Name);
        foreach (string layer in new[] { "dense", "batch_normalization", "dense_1", "dense_2" }) Assert.Contains(nodes.Keys, n => n.StartsWith(layer + "/", StringComparison.Ordinal));
        Assert.Equal("Variable", nodes["dense/kernel"].Op);
        HashSet<string> reached = [];
        void Reach(string name)
        {
            string node = name.Split(':')[0];
            if (!reached.Add(node)) return;
            foreach (string input in nodes[node].Input) Reach(input);
        }

        Reach(nodes.Keys.Single(n => n.StartsWith("outputs/", StringComparison.Ordinal)));
        Assert.Contains("input", reached);
        Assert.Equal(nodes.Count, reached.Count);

        Train(new TensorBoard(folder["without"], writeGraph: false), out _);
        Assert.All(Read("without/train"), e => Assert.True(e.GraphDef.IsEmpty));
    }

    [Fact]
    public void A_loop_is_one_node()
    {
        string text = string.Join('\n', "input \"x\" float \"n\" \"3\"", "node \"l\" Scan (\"x\") (\"l\" \"l:1\")", "body", "input \"y\" float", "node \"l\" Tanh (\"y\") (\"z\")", "end", "node \"d:a\" Relu (\"l:1\" \"\") (\"d\")", "output \"o\" \"d\" float \"n\"");
        Reporting.Proto.GraphDef graph = Graphs.Of(text);
        Assert.Equal(["x", "l/Scan", "d_a/Relu", "outputs/o"], graph.Node.Select(n => n.Name));
        Assert.Equal(["l/Scan:1"], graph.Node[2].Input);
        Assert.Equal("float n 3", graph.Node[0].Attr["description"].S.ToStringUtf8());
    }

    [Fact]
    public void A_run_that_goes_on_adds_a_file_and_bad_arguments_are_refused()
    {
        Train(new TensorBoard(folder.FullName), out _);
        Train(new TensorBoard(folder.FullName), out _);
        Assert.Equal(2, Directory.GetFiles(folder["train"]).Length);
        Assert.All(Directory.GetFiles(folder["train"]), f => Assert.StartsWith("events.out.tfevents.", Path.GetFileName(f), StringComparison.Ordinal));
        Assert.Throws<ArgumentException>(() => new TensorBoard(""));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TensorBoard("x", histogramFreq: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TensorBoard("x", updateFreq: 0));
    }

    [Fact]
    public void A_run_that_goes_on_writes_at_the_same_batches()
    {
        TensorBoard Board() => new(folder["board"], updateFreq: 3);
        ModelCheckpoint checkpoint = new(folder["c{batch}"], saveFreq: 4);
        Trainer<Tiny> Create(params Callback[] callbacks) => new(new Tiny(seed: 1)) { Loss = Loss.SparseCategoricalCrossentropy(), Callbacks = callbacks };
        Dataset data = ToyData.Blobs(70, 4, 3);
        Create(Board(), checkpoint).Fit(data, epochs: 1, batchSize: 10);
        long[] whole = [.. Values(Read("board/train"), "batch_loss").Select(v => v.Step)];
        Assert.Equal([3, 6], whole);
        Directory.Delete(folder["board"], recursive: true);
        Trainer<Tiny> resumed = Create(Board());
        resumed.LoadCheckpoint(folder["c4"]);
        resumed.Fit(data, epochs: 1, batchSize: 10);
        Assert.Equal(whole.Where(step => step > 4), Values(Read("board/train"), "batch_loss").Select(v => v.Step));
    }

    [Fact]
    public void The_checksum_is_Castagnolis()
    {
        // The check value of CRC-32C, and the mask undone.
        uint masked = EventFile.Checksum("123456789"u8);
        Assert.Equal(0xE3069283, System.Numerics.BitOperations.RotateLeft(masked - 0xA282EAD8, 15));
    }

    private static History Train(TensorBoard board, out Trainer<Mixed> trainer)
    {
        trainer = new(new Mixed(seed: 1))
        {
            Optimizer = new Adam(0.01),
            Loss = Loss.SparseCategoricalCrossentropy(),
            Metrics = [Metric.Accuracy()],
            Callbacks = [board],
        };
        return trainer.Fit(ToyData.Blobs(80, 37, 5), epochs: 3, batchSize: 16, validationSplit: 0.2);
    }

    private Tensorboard.Event[] Read(string name)
    {
        List<Tensorboard.Event> events = [];
        byte[] file = File.ReadAllBytes(Assert.Single(Directory.GetFiles(folder[name])));
        for (int at = 0; at < file.Length;)
        {
            int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at));
            Assert.Equal(Crc(file.AsSpan(at, 8)), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 8)));
            Assert.Equal(Crc(file.AsSpan(at + 12, length)), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 12 + length)));
            events.Add(Tensorboard.Event.Parser.ParseFrom(file, at + 12, length));
            at += 16 + length;
        }

        return [.. events];
    }

    private static IEnumerable<(long Step, float Value)> Values(Tensorboard.Event[] events, string tag) =>
        events.SelectMany(e => (e.Summary?.Value ?? []).Where(v => v.Tag == tag).Select(v => (e.Step, v.SimpleValue)));

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1) * 0x82F63B78);
        }

        crc = ~crc;
        return ((crc >> 15) | (crc << 17)) + 0xA282EAD8;
    }
}
