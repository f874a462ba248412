using NetGen.Conformance.Tests.Keras;

namespace NetGen.Conformance.Tests;

/// <summary>Makes optimizers from Keras's configurations.</summary>
internal static class KerasOptimizers
{
    /// <summary>The optimizer of {"class", "config"}.</summary>
    public static Optimizer Create(KerasValue description)
    {
        string name = description["class"].AsString();
        Configuration config = new(description.TryGet("config", out KerasValue value) ? value : null);
        LearningRate rate = config.Number("learning_rate") ?? (name == "SGD" ? 0.01 : 0.001);
        double? clipNorm = config.Number("clipnorm"), clipValue = config.Number("clipvalue"), globalClipNorm = config.Number("global_clipnorm");
        double? decay = config.Number("weight_decay");
        Optimizer optimizer = name switch
        {
            "SGD" => new SGD(rate)
            {
                Momentum = config.Number("momentum") ?? 0,
                Nesterov = config.Number("nesterov") is 1,
                WeightDecay = decay,
                ClipNorm = clipNorm,
                ClipValue = clipValue,
                GlobalClipNorm = globalClipNorm,
            },
            "Adam" => new Adam(rate)
            {
                Beta1 = config.Number("beta_1") ?? 0.9,
                Beta2 = config.Number("beta_2") ?? 0.999,
                Epsilon = config.Number("epsilon") ?? 1e-7,
                AmsGrad = config.Number("amsgrad") is 1,
                WeightDecay = decay,
                ClipNorm = clipNorm,
                ClipValue = clipValue,
                GlobalClipNorm = globalClipNorm,
            },
            "AdamW" => new AdamW(rate)
            {
                Beta1 = config.Number("beta_1") ?? 0.9,
                Beta2 = config.Number("beta_2") ?? 0.999,
                Epsilon = config.Number("epsilon") ?? 1e-7,
                AmsGrad = config.Number("amsgrad") is 1,
                WeightDecay = decay ?? 0.004,
                ClipNorm = clipNorm,
                ClipValue = clipValue,
                GlobalClipNorm = globalClipNorm,
            },
            "RMSprop" => new RMSprop(rate)
            {
                Rho = config.Number("rho") ?? 0.9,
                Momentum = config.Number("momentum") ?? 0,
                Epsilon = config.Number("epsilon") ?? 1e-7,
                Centered = config.Number("centered") is 1,
                WeightDecay = decay,
                ClipNorm = clipNorm,
                ClipValue = clipValue,
                GlobalClipNorm = globalClipNorm,
            },
            _ => throw new NotCoveredException($"the optimizer {name}"),
        };
        config.RefuseOthers();
        return optimizer;
    }

    /// <summary>The keyword arguments; those that nobody asked for are reported.</summary>
    private sealed class Configuration(KerasValue? config)
    {
        private readonly HashSet<string> _others = [.. config?.Names() ?? []];

        public double? Number(string name)
        {
            _others.Remove(name);
            return config is { } values && values.TryGet(name, out KerasValue value) && !value.IsNull ? value.AsDouble() : null;
        }

        public void RefuseOthers()
        {
            if (_others.Count > 0)
                throw new NotCoveredException($"the optimizers' argument {_others.Order(StringComparer.Ordinal).First()}");
        }
    }
}
