namespace NetGen.Benchmarks;

/// <summary>Every workload, one row each.</summary>
internal static class WorkloadTable
{
    public static IReadOnlyList<Workload> All { get; } =
    [
        new("mlp-tiny", DenseTwin.Build([16, 32, 32, 1], Nonlinearity.Tanh, Nonlinearity.Linear),
            TrainingLoss.MeanSquaredError, TrainingOptimizer.Adam, TrainBatch: 32)
        {
            NetGen = new NetGenAdapter<MlpTiny>(() => new MlpTiny(), (model, setup) => new MlpTinyInference(model, setup)),
        },
        new("mlp", DenseTwin.Build([784, 128, 10], Nonlinearity.ReLU, Nonlinearity.Softmax),
            TrainingLoss.SparseCategoricalCrossentropy, TrainingOptimizer.Adam, TrainBatch: 128)
        {
            NetGen = new NetGenAdapter<Mlp>(() => new Mlp(), (model, setup) => new MlpInference(model, setup)),
        },
        new("mlp-wide", DenseTwin.Build([784, 512, 256, 10], Nonlinearity.ReLU, Nonlinearity.Softmax),
            TrainingLoss.SparseCategoricalCrossentropy, TrainingOptimizer.Adam, TrainBatch: 128)
        {
            NetGen = new NetGenAdapter<MlpWide>(() => new MlpWide(), (model, setup) => new MlpWideInference(model, setup)),
        },
        new("lenet", LenetTwin.Build(), TrainingLoss.SparseCategoricalCrossentropy, TrainingOptimizer.Adam, TrainBatch: 64)
        {
            NetGen = new NetGenAdapter<Lenet>(() => new Lenet(), (model, setup) => new LenetInference(model, setup)),
        },
        new("resnet20-cifar", Resnet20CifarTwin.Build(), TrainingLoss.SparseCategoricalCrossentropy, TrainingOptimizer.Momentum, TrainBatch: 64)
        {
            NetGen = new NetGenAdapter<Resnet20Cifar>(() => new Resnet20Cifar(), (model, setup) => new Resnet20CifarInference(model, setup)),
        },
        new("attention", AttentionTwin.Build(), TrainingLoss.MeanSquaredError, TrainingOptimizer.Adam, TrainBatch: 32)
        {
            NetGen = new NetGenAdapter<AttentionBlock>(() => new AttentionBlock(), (model, setup) => new AttentionInference(model, setup)),
        },
        new("mobilenetv2", Mobilenetv2Twin.Build(), TrainingLoss.SparseCategoricalCrossentropy, TrainingOptimizer.Momentum, TrainBatch: 8)
        {
            NetGen = new NetGenAdapter<Mobilenetv2>(() => new Mobilenetv2(), (model, setup) => new Mobilenetv2Inference(model, setup)),
        },
        new("squeezenet", SqueezenetTwin.Build(), TrainingLoss.SparseCategoricalCrossentropy, TrainingOptimizer.SGD, TrainBatch: 8)
        {
            NetGen = new NetGenAdapter<Squeezenet>(() => new Squeezenet(), (model, setup) => new SqueezenetInference(model, setup)),
        },
        new("lstm", RecurrentTwin.Build(Cell.LSTM, time: 100, features: 64, units: 128), TrainingLoss.MeanSquaredError, TrainingOptimizer.Adam, TrainBatch: 32)
        {
            NetGen = new NetGenAdapter<Lstm>(() => new Lstm(), (model, setup) => new LstmInference(model, setup)),
        },
        new("gru", RecurrentTwin.Build(Cell.GRU, time: 100, features: 64, units: 128), TrainingLoss.MeanSquaredError, TrainingOptimizer.Adam, TrainBatch: 32)
        {
            NetGen = new NetGenAdapter<Gru>(() => new Gru(), (model, setup) => new GruInference(model, setup)),
        },
        new("lstm-stream-20", RecurrentTwin.BuildStream(units: 20), TrainingLoss.MeanSquaredError, TrainingOptimizer.Adam, TrainBatch: 1)
        {
            IsStream = true,
            NetGen = new NetGenAdapter<LstmStream20>(() => new LstmStream20(), (model, setup) => new StreamInference(model.CreateStream(setup.Batch), setup)),
        },
        new("lstm-stream-64", RecurrentTwin.BuildStream(units: 64), TrainingLoss.MeanSquaredError, TrainingOptimizer.Adam, TrainBatch: 1)
        {
            IsStream = true,
            NetGen = new NetGenAdapter<LstmStream64>(() => new LstmStream64(), (model, setup) => new StreamInference(model.CreateStream(setup.Batch), setup)),
        },
        new("seq2seq", Seq2SeqTwin.Build(), TrainingLoss.MeanSquaredError, TrainingOptimizer.Adam, TrainBatch: 64)
        {
            NetGen = new NetGenAdapter<Seq2Seq>(() => new Seq2Seq(), (model, setup) => new Seq2SeqInference(model, setup)),
        },
        new("seq2seq-decode", Seq2SeqTwin.BuildDecoding(), TrainingLoss.MeanSquaredError, TrainingOptimizer.Adam, TrainBatch: 1)
        {
            IsDecoding = true,
            NetGen = new NetGenAdapter<Seq2SeqDecode>(() => new Seq2SeqDecode(), (model, setup) => new Seq2SeqDecoding(model, setup)),
        },
        new("resnet50", Resnet50Twin.Build(), TrainingLoss.SparseCategoricalCrossentropy, TrainingOptimizer.Momentum, TrainBatch: 8)
        {
            NetGen = new NetGenAdapter<Resnet50>(() => new Resnet50(), (model, setup) => new Resnet50Inference(model, setup)),
        },
        new("vgg16", Vgg16Twin.Build(), TrainingLoss.SparseCategoricalCrossentropy, TrainingOptimizer.SGD, TrainBatch: 4)
        {
            NetGen = new NetGenAdapter<Vgg16>(() => new Vgg16(), (model, setup) => new Vgg16Inference(model, setup)),
        },
    ];

    /// <exception cref="UsageException">There is no workload of that name.</exception>
    public static Workload Find(string name) => All.FirstOrDefault(w => w.Name == name)
        ?? throw new UsageException($"no command or workload '{name}'; workloads: {string.Join(", ", All.Select(w => w.Name))}");
}
