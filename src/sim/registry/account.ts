/** Who may write to the pretend registries: one robot, and one token of Quay's API. Nothing real has such a password. */

export const ROBOT = { user: 'sample+robot', password: 'sample-password' };
export const API_TOKEN = 'sample-quay-token';

/** Whether a request comes with user and password of nobody, of the robot, or with wrong ones. */
export function login(request: Request): 'none' | 'robot' | 'wrong' {
  const given = request.headers.get('authorization');
  const [, encoded] = /^Basic ([A-Za-z0-9+/]+={0,2})$/i.exec(given ?? '') ?? [];
  if (given === null) return 'none';
  return encoded === btoa(`${ROBOT.user}:${ROBOT.password}`) ? 'robot' : 'wrong';
}
