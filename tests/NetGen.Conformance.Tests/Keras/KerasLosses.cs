namespace NetGen.Conformance.Tests.Keras;

/// <summary>Makes losses from the configurations of the cases.</summary>
internal static class KerasLosses
{
    public static Loss Create(KerasCase c)
    {
        KerasArguments a = new(c);
        LossReduction reduction = a.Enum("reduction", LossReduction.SumOverBatchSize, LossReduction.None);
        return c.Class switch
        {
            "MeanSquaredError" => a.Done(Loss.MeanSquaredError(reduction)),
            "MeanAbsoluteError" => a.Done(Loss.MeanAbsoluteError(reduction)),
            "Huber" => a.Done(Loss.Huber(a.Double("delta", 1), reduction)),
            "BinaryCrossentropy" => a.Done(
                Loss.BinaryCrossentropy(a.Bool("from_logits"), a.Double("label_smoothing", 0), a.Int("axis") ?? -1, reduction)),
            "CategoricalCrossentropy" => a.Done(
                Loss.CategoricalCrossentropy(a.Bool("from_logits"), a.Double("label_smoothing", 0), a.Int("axis") ?? -1, reduction)),
            "SparseCategoricalCrossentropy" => a.Done(
                Loss.SparseCategoricalCrossentropy(a.Bool("from_logits"), a.Int("ignore_class"), reduction, a.Int("axis") ?? -1)),
            "KLDivergence" => a.Done(Loss.KLDivergence(reduction)),
            "MeanAbsolutePercentageError" => a.Done(Loss.MeanAbsolutePercentageError(reduction)),
            "MeanSquaredLogarithmicError" => a.Done(Loss.MeanSquaredLogarithmicError(reduction)),
            "CosineSimilarity" => a.Done(Loss.CosineSimilarity(a.Int("axis") ?? -1, reduction)),
            "LogCosh" => a.Done(Loss.LogCosh(reduction)),
            "Poisson" => a.Done(Loss.Poisson(reduction)),
            "Hinge" => a.Done(Loss.Hinge(reduction)),
            "SquaredHinge" => a.Done(Loss.SquaredHinge(reduction)),
            "CategoricalHinge" => a.Done(Loss.CategoricalHinge(reduction)),
            "BinaryFocalCrossentropy" => a.Done(Loss.BinaryFocalCrossentropy(
                a.Bool("apply_class_balancing"),
                a.Double("alpha", 0.25),
                a.Double("gamma", 2),
                a.Bool("from_logits"),
                a.Double("label_smoothing", 0),
                a.Int("axis") ?? -1,
                reduction)),
            "CategoricalFocalCrossentropy" => a.Done(Loss.CategoricalFocalCrossentropy(
                a.Doubles("alpha") ?? [0.25],
                a.Double("gamma", 2),
                a.Bool("from_logits"),
                a.Double("label_smoothing", 0),
                a.Int("axis") ?? -1,
                reduction)),
            "CategoricalGeneralizedCrossEntropy" => a.Done(Loss.CategoricalGeneralizedCrossEntropy(a.Double("q", 0.5), reduction)),
            "Circle" => a.Done(Loss.Circle(a.Double("gamma", 80), a.Double("margin", 0.4), !a.Is("remove_diagonal", false), reduction)),
            "CTC" => a.Done(Loss.CTC(reduction)),
            "Dice" => a.Done(Loss.Dice(reduction, axis: a.Ints("axis"))),
            "Tversky" => a.Done(Loss.Tversky(a.Double("alpha", 0.5), a.Double("beta", 0.5), reduction, axis: a.Ints("axis"))),
            _ => throw new NotCoveredException($"{c.Class} is no loss of the library yet"),
        };
    }

    /// <summary>Keras's function <c>circle</c>, whose samples may stand among others.</summary>
    public static KerasArray Circle(KerasCase c)
    {
        KerasArguments a = new(c);
        KerasArray labels = c.Args[0].AsArray();
        KerasArray embeddings = c.Args[1].AsArray();
        KerasArray referenceLabels = c.Config("ref_labels") is { IsNull: false } r ? r.AsArray() : labels;
        KerasArray references = c.Config("ref_embeddings") is { IsNull: false } e ? e.AsArray() : embeddings;
        CircleLoss loss = (CircleLoss)Loss.Circle(a.Double("gamma", 80), a.Double("margin", 0.4), !a.Is("remove_diagonal", false));
        double[] losses = new double[labels.Length];
        loss.Among(
            new LossInput(embeddings.ToFloats(), embeddings.Shape[1..], labels.ToFloats(), [], labels.Length),
            referenceLabels.ToFloats(),
            references.ToFloats(),
            [],
            losses);
        return new KerasArray("float64", [losses.Length], losses);
    }
}
