using NetGen.Conformance.Tests.Keras;

namespace NetGen.Conformance.Tests;

/// <summary>Cases of Keras's optimizers in models: its MultiOptimizer is <see cref="Trainer.BlockOptimizers"/> here, whose names are those of its patterns.</summary>
internal static class MultiOptimizerCases
{
    public static KerasArray Evaluate(KerasCase c)
    {
        string test = c.Name[(c.Name.LastIndexOf('.') + 1)..c.Name.IndexOf('#', StringComparison.Ordinal)];
        int number = c.Name[^1] - '0';
        return test switch
        {
            "test_multi_optimizer_with_model_fit" => Fit(c),
            "test_swap_ema_weights_with_multi_optimizer" => Swap(c, number),
            "test_learning_rate_scheduler_with_multi_optimizer" => Rate(c, number, new LearningRateScheduler((_, rate) => rate * 0.5), epochs: 1),
            // As in Keras's test, the loss is 1 in both epochs; the first two values are those behind the first.
            "test_reduce_lr_on_plateau_with_multi_optimizer" => Rate(c, number, new ReduceLROnPlateau(monitor: "loss", factor: 0.5, patience: 1), epochs: number <= 2 ? 1 : 2),
            "test_tensorboard_logging_with_multi_optimizer" => Logged(c),
            _ => throw new NotCoveredException(test),
        };
    }

    /// <summary>Keras's test_ema_with_model_fit: two epochs, at whose end the weights are their averages.</summary>
    public static KerasArray FitWithAverages(KerasCase c)
    {
        OneLayer model = new();
        Trainer<OneLayer> trainer = new(model) { Optimizer = new SGD(0.1) { UseEma = true, EmaMomentum = 0.9 }, Loss = Loss.MeanSquaredError() };
        trainer.Fit(Dataset.FromArrays([1f], [1], [0f, 0f], [2]), epochs: 2, batchSize: 1);
        return c.Class == "Sequential" ? Kernel(model, 0) : Average(trainer.Groups[0]);
    }

    private static KerasArray Fit(KerasCase c)
    {
        KerasOp compile = c.Ops[0], fit = c.Ops[1];
        Trainer<TwoLayers> trainer = Create(compile.Arg("optimizer", -1)!.Value);
        trainer.Fit(Dataset.FromArrays(fit.Args[0].AsArray().ToFloats(), [1], fit.Args[1].AsArray().ToFloats(), [1]), epochs: 1, batchSize: 1);
        return Checked(c, trainer.Model);
    }

    /// <summary>The weights of both layers, and the average of the first, exchanged once (the first two cases) or there and back.</summary>
    private static KerasArray Swap(KerasCase c, int number)
    {
        SwapEMAWeights swap = new();
        Trainer<TwoLayers> trainer = new(new TwoLayers())
        {
            Optimizer = new SGD(0.1),
            BlockOptimizers = { ["dense_1"] = new SGD(0.1) { UseEma = true, EmaMomentum = 0.9 } },
            Loss = Loss.MeanSquaredError(),
            Callbacks = [swap],
        };
        trainer.TrainOnBatch([1], [1]);
        trainer.Model.SetWeights("dense_1/kernel", [2, 2]);
        trainer.Model.SetWeights("dense_2/kernel", [3, 3]);
        OptimizerSlot slot = trainer.Groups[1].State.Slots.Single(slot => slot.Name == "average");
        slot.Layout.Single().Pack([9, 9], slot.Values);
        CallbackList.Attach(trainer.Callbacks, trainer);
        swap.OnTestBegin();
        if (number > 2) swap.OnTestEnd();
        Assert.Equal([3f, 3f], trainer.Model.GetWeights("dense_2/kernel"));
        return c.Class == "Sequential" ? Checked(c, trainer.Model) : Average(trainer.Groups[1]);
    }

    /// <summary>The rate of one of two optimizers, after epochs whose loss is 1.</summary>
    private static KerasArray Rate(KerasCase c, int number, Callback callback, int epochs)
    {
        Trainer<TwoLayers> trainer = new(new TwoLayers())
        {
            Optimizer = new SGD(0.01),
            BlockOptimizers = { ["dense_1"] = new SGD(0.1) },
            Loss = Loss.MeanSquaredError(),
            Callbacks = [callback],
        };
        CallbackList.Attach(trainer.Callbacks, trainer);
        callback.OnTrainBegin();
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            callback.OnEpochBegin(epoch);
            callback.OnEpochEnd(epoch, new Logs { ["loss"] = 1 });
        }
        bool isFirst = c.Value["config"]["learning_rate"].AsDouble() == 0.1;
        Assert.Equal(number % 2 == 1, isFirst);
        return KerasArray.FromScalar(isFirst ? trainer.GetLearningRate("dense_1") : trainer.LearningRate);
    }

    /// <summary>What is reported of the rates. Keras takes the optimizers' names, which there are none of here, in place of the blocks'.</summary>
    private static KerasArray Logged(KerasCase c)
    {
        Trainer<TwoLayers> trainer = Create(c.Ops[0].Args[0]["ops"].Items()[0]["kwargs"]["optimizer"]);
        Logs logs = [];
        OptimizerGroup.Report(trainer.Groups, logs);
        return KerasArray.FromScalar(logs[c.Checked.Contains("SGD_1", StringComparison.Ordinal) ? "learning_rate" : "learning_rate_dense_1"]);
    }

    private static Trainer<TwoLayers> Create(KerasValue multi)
    {
        KerasValue config = multi["args"].Items()[0]["config"], map = config["optimizer_map"];
        Dictionary<string, Optimizer> blocks = map.Names().ToDictionary(pattern => pattern.TrimStart('.', '*').TrimEnd('.', '*', '/'), pattern => KerasOptimizers.Create(map[pattern]));
        return new(new TwoLayers()) { Optimizer = KerasOptimizers.Create(config["default_optimizer"]), BlockOptimizers = blocks, Loss = Loss.MeanSquaredError() };
    }

    private static KerasArray Checked(KerasCase c, Network model) => Kernel(model, c.Checked.Contains("[0]", StringComparison.Ordinal) ? 0 : 1);

    private static KerasArray Kernel(Network model, int layer)
    {
        ParameterInfo kernel = model.Parameters[layer];
        return KerasArray.FromFloats(model.GetWeights(kernel.Name), kernel.Shape.ToArray());
    }

    private static KerasArray Average(OptimizerGroup group)
    {
        OptimizerSlot slot = group.State.Slots.Single(slot => slot.Name == "average");
        float[] values = new float[slot.Layout[0].Count];
        slot.Layout[0].Unpack(slot.Values, values);
        return KerasArray.FromFloats(values, slot.Layout[0].Shape.ToArray());
    }
}
