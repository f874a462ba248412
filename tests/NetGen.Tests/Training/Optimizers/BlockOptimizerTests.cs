namespace NetGen.Tests.Training;

public sealed class BlockOptimizerTests
{
    private static readonly Dataset Data = ToyData.Blobs(96, 37, 5);

    /// <summary>In the first step gradients are the same, so that each part moves as its optimizer would move it in a network of that optimizer alone.</summary>
    [Fact]
    public void Each_part_moves_by_its_own_optimizer()
    {
        Mixed mixed = Step(new SGD(0.1) { ClipValue = 0.01 }, ("dense", new Muon(0.02)), ("dense_2", new Adam(0.03) { UseEma = true }));
        Mixed muon = Step(new Muon(0.02)), adam = Step(new Adam(0.03)), sgd = Step(new SGD(0.1) { ClipValue = 0.01 });
        foreach (ParameterInfo parameter in mixed.Parameters)
        {
            Mixed own = parameter.Name.Split('/')[0] switch { "dense" => muon, "dense_2" => adam, _ => sgd };
            Assert.Equal(own.GetWeights(parameter.Name), mixed.GetWeights(parameter.Name));
        }

        static Mixed Step(Optimizer optimizer, params (string Name, Optimizer Optimizer)[] blocks)
        {
            Mixed model = new(seed: 4);
            Trainer<Mixed> trainer = new(model)
            {
                Optimizer = optimizer,
                BlockOptimizers = blocks.ToDictionary(block => block.Name, block => block.Optimizer),
                Loss = Loss.SparseCategoricalCrossentropy(),
            };
            trainer.TrainOnBatch([.. Enumerable.Range(0, 32 * 37).Select(i => MathF.Sin(i))], [.. Enumerable.Range(0, 32).Select(i => i % 5f)]);
            return model;
        }
    }

    [Fact]
    public void Of_parts_within_each_other_the_inner_one_counts()
    {
        Nested model = new(seed: 1);
        Trainer<Nested> trainer = new(model)
        {
            Optimizer = new SGD(1),
            BlockOptimizers = { ["unit"] = new SGD(2), ["unit/out"] = new SGD(3) },
            Loss = Loss.MeanSquaredError(),
        };
        string[] Names(int group) => [.. trainer.Groups[group].Parameters.Select(i => model.Parameters[i].Name)];
        Assert.Empty(Names(0));
        Assert.Equal(["unit/unit/kernel", "unit/unit/bias"], Names(1));
        Assert.Equal(["unit/out/kernel", "unit/out/bias"], Names(2));
        Assert.Equal((1.0, 2.0, 3.0), (trainer.LearningRate, trainer.GetLearningRate("unit"), trainer.GetLearningRate("unit/out")));
        trainer.SetLearningRate("unit", 0.5);
        Assert.Equal((1.0, 0.5, 3.0), (trainer.LearningRate, trainer.GetLearningRate("unit"), trainer.GetLearningRate("unit/out")));
        Assert.Contains("It has: unit, unit/out", Assert.Throws<ArgumentException>(() => trainer.GetLearningRate("out")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Common_norms_are_those_of_a_part()
    {
        float Moved(double? limit)
        {
            Nested model = new(seed: 1);
            float[] before = model.GetWeights("unit/out/bias");
            Trainer<Nested> trainer = new(model)
            {
                Optimizer = new SGD(1),
                BlockOptimizers = { ["unit/unit"] = new SGD(1) { GlobalClipNorm = limit } },
                Loss = Loss.MeanSquaredError(),
            };
            trainer.TrainOnBatch([1, 2, 3], [9, -9]);
            return model.GetWeights("unit/out/bias")[0] - before[0];
        }

        Assert.Equal(Moved(null), Moved(1e-3));
    }

    [Fact]
    public void Wrong_names_and_scales_are_told()
    {
        Trainer<Mixed> Create(string block, Optimizer optimizer) => new(new Mixed()) { BlockOptimizers = { [block] = optimizer }, Loss = Loss.SparseCategoricalCrossentropy() };
        string problem = Assert.Throws<InvalidOperationException>(() => Create("dens", new SGD()).Fit(Data)).Message;
        Assert.StartsWith("BlockOptimizers: Mixed has no part 'dens'", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("(Parameter", problem, StringComparison.Ordinal);
        Assert.Contains("most similar name is 'dense'", problem, StringComparison.Ordinal);
        Assert.Contains("'dense' is null", Assert.Throws<InvalidOperationException>(() => Create("dense", null!).Fit(Data)).Message, StringComparison.Ordinal);
        Assert.Contains("LossScaleFactor", Assert.Throws<InvalidOperationException>(() => Create("dense", new SGD { LossScaleFactor = 2 }).Fit(Data)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Callbacks_change_the_rates_that_no_schedule_governs()
    {
        Trainer<Mixed> Create(Optimizer optimizer, params Callback[] callbacks) => new(new Mixed(seed: 1))
        {
            Optimizer = optimizer,
            BlockOptimizers = { ["dense"] = new SGD(0.2), ["dense_2"] = new SGD(new ExponentialDecay(0.1, 3, 0.5, staircase: true)) },
            Loss = Loss.SparseCategoricalCrossentropy(),
            Callbacks = callbacks,
        };
        Trainer<Mixed> scheduled = Create(new SGD(0.01), new LearningRateScheduler((epoch, rate) => rate * 0.5));
        History history = scheduled.Fit(Data, epochs: 2, batchSize: 32);
        Assert.Equal([0.005, 0.0025], history["learning_rate"]);
        Assert.Equal([0.1, 0.05], history["learning_rate_dense"]);
        Assert.Equal([0.05, 0.025], history["learning_rate_dense_2"]);

        Trainer<Mixed> plateau = Create(new SGD(new CosineDecay(0.01, 100)), new ReduceLROnPlateau("loss", factor: 0.1, patience: 1, minDelta: 100, minLearningRate: 0.01));
        plateau.Fit(Data, epochs: 4, batchSize: 32);
        Assert.Equal(0.01, plateau.GetLearningRate("dense"), 1e-12);
        Assert.Throws<InvalidOperationException>(() => plateau.SetLearningRate("dense_2", 1));

        Trainer<Mixed> none = new(new Mixed())
        {
            Optimizer = new SGD(new CosineDecay(0.01, 100)),
            BlockOptimizers = { ["dense"] = new SGD(new CosineDecay(0.01, 100)) },
            Loss = Loss.SparseCategoricalCrossentropy(),
            Callbacks = [new LearningRateScheduler((_, rate) => rate)],
        };
        Assert.Contains("CosineDecay", Assert.Throws<InvalidOperationException>(() => none.Fit(Data)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2-2")]
    public void A_resumed_run_has_the_bits_of_an_uninterrupted_one(string file)
    {
        using TemporaryFolder folder = new();
        Trainer<Mixed> Create(Mixed model, params Callback[] callbacks) => new(model)
        {
            Optimizer = new Adam(0.01) { UseEma = true, GlobalClipNorm = 1, LossScaleFactor = 4 },
            BlockOptimizers = { ["dense"] = new Muon(0.02) { GradientAccumulationSteps = 3 }, ["dense_2"] = new Adafactor(0.05) { UseEma = true, EmaOverwriteFrequency = 4 } },
            Loss = Loss.SparseCategoricalCrossentropy(),
            Seed = 3,
            Callbacks = [new LearningRateScheduler((_, rate) => rate * 0.8), new SwapEMAWeights(), .. callbacks],
        };
        Mixed whole = new(seed: 1), model = new(seed: 2);
        Trainer<Mixed> uninterrupted = Create(whole, new ModelCheckpoint(folder["{epoch}-{batch}"], saveFreq: 1), new ModelCheckpoint(folder["{epoch}"]));
        uninterrupted.Fit(Data, epochs: 3, batchSize: 16, validationSplit: 0.2);
        Trainer<Mixed> resumed = Create(model);
        resumed.LoadCheckpoint(folder[file]);
        resumed.Fit(Data, epochs: 3, batchSize: 16, validationSplit: 0.2);
        Assert.Equal(Features.Bits(whole), Features.Bits(model));
        Assert.Equal(Features.SlotBits(uninterrupted), Features.SlotBits(resumed));
        Assert.Equal(uninterrupted.GetLearningRate("dense"), resumed.GetLearningRate("dense"));
    }

    [Fact]
    public void Checkpoints_of_other_blocks_are_refused()
    {
        using TemporaryFolder folder = new();
        Trainer<Mixed> Create(params (string Name, Optimizer Optimizer)[] blocks) => new(new Mixed())
        {
            Optimizer = new Adam(),
            BlockOptimizers = blocks.ToDictionary(block => block.Name, block => block.Optimizer),
            Loss = Loss.SparseCategoricalCrossentropy(),
        };
        Create(("dense", new SGD { Momentum = 0.9 })).SaveCheckpoint(folder["c"]);
        Assert.Contains("an optimizer of its own for 'dense'", Assert.Throws<ModelFileException>(() => Create().LoadCheckpoint(folder["c"])).Message, StringComparison.Ordinal);
        Assert.Contains("SGD for 'dense'; Lion is expected", Assert.Throws<ModelFileException>(() => Create(("dense", new Lion())).LoadCheckpoint(folder["c"])).Message, StringComparison.Ordinal);
        Assert.Contains("(none) for 'dense_2'; Lion", Assert.Throws<ModelFileException>(() => Create(("dense", new SGD { Momentum = 0.9 }), ("dense_2", new Lion())).LoadCheckpoint(folder["c"])).Message, StringComparison.Ordinal);
        using CheckpointReader reader = new(folder["c"]);
        Assert.Contains(reader.Tensors, tensor => tensor.Name == "block_optimizers/dense/SGD/momentum/dense/kernel");
        Assert.DoesNotContain(reader.Tensors, tensor => tensor.Name == "optimizer/Adam/momentum/dense/kernel");
    }

    [Fact]
    public void A_frozen_base_waits_and_goes_on()
    {
        Frozen model = new(seed: 1);
        Trainer<Frozen> trainer = new(model)
        {
            Optimizer = new Adam(0.01),
            BlockOptimizers = { ["base"] = new SGD(0.5) { Momentum = 0.9 } },
            Loss = Loss.SparseCategoricalCrossentropy(),
        };
        float[] before = model.GetWeights("base/kernel"), head = model.GetWeights("head/kernel");
        trainer.Fit(ToyData.Blobs(32, 4, 3), epochs: 2);
        Assert.Equal(before, model.GetWeights("base/kernel"));
        Assert.NotEqual(head, model.GetWeights("head/kernel"));
        model["base"].Trainable = true;
        trainer.Fit(ToyData.Blobs(32, 4, 3), epochs: 2);
        Assert.NotEqual(before, model.GetWeights("base/kernel"));
    }
}
