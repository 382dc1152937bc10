export { type CommandRecordPorts, type CommandRecordRequest, recordCommand } from './record-command.ts';
export { type TrainPorts, type TrainRequest, trainModel } from './train-model.ts';
export { trainingKey } from './training-key.ts';
